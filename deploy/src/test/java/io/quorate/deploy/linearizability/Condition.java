package io.quorate.deploy.linearizability;

import java.util.Optional;

/**
 * What has to be so for a conditional write to take effect, in the words of a history: {@code absent}, {@code present}
 * or {@code version V}.
 */
public record Condition(String text) {
    public static final Condition ABSENT = new Condition("absent");
    public static final Condition PRESENT = new Condition("present");

    private static final String VERSION = "version ";

    public Condition {
        if (!text.equals("absent") && !text.equals("present") && !text.startsWith(VERSION)) {
            throw new IllegalArgumentException(
                    "a condition is 'absent', 'present' or 'version V', and not '" + text + "'");
        }
    }

    public static Condition version(String version) {
        return new Condition(VERSION + version);
    }

    public Optional<String> version() {
        return text.startsWith(VERSION) ? Optional.of(text.substring(VERSION.length())) : Optional.empty();
    }
}
