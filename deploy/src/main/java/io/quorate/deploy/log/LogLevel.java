package io.quorate.deploy.log;

import java.util.List;
import java.util.Locale;

/** The level of all loggers: {@code QUORATE_LOG_LEVEL}, which logback.xml reads. */
public final class LogLevel {
    public static final String VARIABLE = "QUORATE_LOG_LEVEL";

    private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    private LogLevel() {}

    /** Logback takes an unknown level for DEBUG, so a server refuses to start with one. */
    public static boolean isKnown() {
        return configured().isEmpty() || LEVELS.contains(configured().toUpperCase(Locale.ROOT));
    }

    public static String configured() {
        return System.getenv().getOrDefault(VARIABLE, "");
    }
}
