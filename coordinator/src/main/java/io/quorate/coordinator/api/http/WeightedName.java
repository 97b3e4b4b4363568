package io.quorate.coordinator.api.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An element of {@code Accept} or {@code Accept-Encoding}, RFC 9110, section 12.4.2.
 *
 * @param name in lower case
 * @param weight how much the client likes it, from 0, not at all, to 1
 */
record WeightedName(String name, double weight) {
    /** The elements of a list, in its order. */
    static List<WeightedName> list(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split(","))
                .filter(element -> !element.isBlank())
                .map(WeightedName::parse)
                .toList();
    }

    private static WeightedName parse(String text) {
        String[] parts = text.split(";");
        double weight = Arrays.stream(parts)
                .skip(1)
                .map(String::strip)
                .filter(parameter -> parameter.startsWith("q="))
                .mapToDouble(parameter -> number(parameter.substring(2)))
                .findFirst()
                .orElse(1);
        return new WeightedName(parts.length == 0 ? "" : parts[0].strip(), weight);
    }

    /** A weight that is no number does not count, as if it were left out. */
    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
