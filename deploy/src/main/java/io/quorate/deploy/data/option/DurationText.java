package io.quorate.deploy.data.option;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A duration as the API writes it: {@code 500ms}, {@code 2s}, {@code 15m}, {@code 12h}, {@code 7d}.
 *
 * @param text as it is sent
 */
record DurationText(String text, long ms) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    static DurationText parse(String text) {
        Matcher form = FORM.matcher(text);
        long ms = form.matches() ? unit(form.group(2)).toMillis(Long.parseLong(form.group(1))) : 0;
        if (ms < 1) {
            throw new TypeConversionException("'" + text + "' is no duration; write it as 500ms, 2s, 15m, 12h or 7d");
        }
        return new DurationText(text, ms);
    }

    private static TimeUnit unit(String symbol) {
        return switch (symbol) {
            case "ms" -> TimeUnit.MILLISECONDS;
            case "s" -> TimeUnit.SECONDS;
            case "m" -> TimeUnit.MINUTES;
            case "h" -> TimeUnit.HOURS;
            case "d" -> TimeUnit.DAYS;
            default -> throw new AssertionError("a unit that the pattern does not have: " + symbol);
        };
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<DurationText> {
        @Override
        public DurationText convert(String text) {
            return parse(text);
        }
    }
}
