package io.quorate.deploy.log;

import ch.qos.logback.core.PropertyDefinerBase;
import java.util.Locale;

/** The format of the log: {@code QUORATE_LOG_FORMAT} names one of the appenders in logback.xml. */
public final class LogFormat extends PropertyDefinerBase {
    public static final String VARIABLE = "QUORATE_LOG_FORMAT";

    private static final String TEXT = "text";
    private static final String JSON = "json";

    /**
     * A log in the wrong format is better than none. A server refuses to start with an unknown format: see
     * {@link #isKnown}.
     */
    @Override
    public String getPropertyValue() {
        return isKnown() ? configured() : TEXT;
    }

    public static boolean isKnown() {
        return configured().equals(TEXT) || configured().equals(JSON);
    }

    public static String configured() {
        return System.getenv().getOrDefault(VARIABLE, TEXT).toLowerCase(Locale.ROOT);
    }
}
