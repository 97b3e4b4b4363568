package io.quorate.deploy.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Suggests a known name for a misspelt one: the name with the fewest letters to change (Levenshtein distance). */
record Spelling(Set<String> known) {
    private static final int DISTANCE_MAX = 3;
    private static final int NEAREST = 3;

    /** With all names where none is near: somebody who writes a file wants to see them. */
    String hintFor(String name) {
        return meant(name).orElse("allowed: " + String.join(", ", known));
    }

    /** With a few names where none is near: each command repeats this one, and all of them would hide its output. */
    String shortHintFor(String name) {
        return meant(name)
                .orElse("the nearest are "
                        + nearest(name).limit(NEAREST).sorted().collect(Collectors.joining(", ")));
    }

    private Optional<String> meant(String name) {
        return nearest(name)
                .findFirst()
                .filter(candidate -> distance(name, candidate) <= DISTANCE_MAX)
                .map(candidate -> "did you mean " + candidate + "?");
    }

    private Stream<String> nearest(String name) {
        return known.stream().sorted(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (same(a.charAt(i - 1), b.charAt(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
