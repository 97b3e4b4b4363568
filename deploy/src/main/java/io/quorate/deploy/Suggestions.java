package io.quorate.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands and options that a mistyped word may have been meant to be. */
final class Suggestions {
    private static final int MOST = 3;

    /** So many letters stand for one mistake. A word that is further away is no slip of the fingers. */
    private static final int LETTERS_A_MISTAKE = 3;

    private Suggestions() {}

    /** In quotes as they are typed, the nearest first, or none. */
    static List<String> of(CommandSpec command, String word) {
        boolean isOption = word.startsWith("-");
        String typed = isOption ? word.split("=", 2)[0] : word;
        TreeMap<Integer, List<String>> near = new TreeMap<>();
        for (String name : isOption ? options(command) : command.subcommands().keySet()) {
            int mistakes = mistakes(typed, name);
            if (mistakes <= Math.max(1, typed.replaceFirst("^-+", "").length() / LETTERS_A_MISTAKE)) {
                near.computeIfAbsent(mistakes, none -> new ArrayList<>())
                        .add("'" + (isOption ? name : command.qualifiedName() + " " + name) + "'");
            }
        }
        return near.values().stream().flatMap(List::stream).limit(MOST).toList();
    }

    private static List<String> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::longestName)
                .filter(name -> name.startsWith("--"))
                .toList();
    }

    /** The least letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
    static int mistakes(String typed, String meant) {
        int[][] least = new int[typed.length() + 1][meant.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= meant.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : least(least, typed, meant, i, j);
            }
        }
        return least[typed.length()][meant.length()];
    }

    private static int least(int[][] least, String typed, String meant, int i, int j) {
        boolean same = typed.charAt(i - 1) == meant.charAt(j - 1);
        int found = Math.min(least[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(least[i - 1][j], least[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && typed.charAt(i - 1) == meant.charAt(j - 2)
                && typed.charAt(i - 2) == meant.charAt(j - 1);
        return swapped ? Math.min(found, least[i - 2][j - 2] + 1) : found;
    }
}
