package io.quorate.deploy.log;

import ch.qos.logback.core.PropertyDefinerBase;
import java.util.Locale;

/** Which of its appenders a process logs to, by {@code QUORATE_LOG_FORMAT}: named in logback.xml. */
public final class LogFormat extends PropertyDefinerBase {
    public static final String VARIABLE = "QUORATE_LOG_FORMAT";

    private static final String TEXT = "text";
    private static final String JSON = "json";

    /** A log in the wrong form is better than none; servers refuse to start with a wrong one, see {@link #isKnown}. */
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
