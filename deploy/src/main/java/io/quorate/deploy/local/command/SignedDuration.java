package io.quorate.deploy.local.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration as people type it, possibly negative: {@code 50ms}, {@code +5s}, {@code -1h}. */
public record SignedDuration(long ms) {
    private static final Pattern FORM = Pattern.compile("([+-]?)(\\d{1,9})(ms|s|m|h|)");

    static final class Converter implements ITypeConverter<SignedDuration> {
        @Override
        public SignedDuration convert(String text) {
            return parse(text);
        }
    }

    public static SignedDuration parse(String text) {
        Matcher parts = FORM.matcher(text);
        boolean bareZero = parts.matches() && parts.group(3).isEmpty() && Long.parseLong(parts.group(2)) == 0;
        if (!parts.matches() || (parts.group(3).isEmpty() && !bareZero)) {
            throw new TypeConversionException("'" + text + "' is no duration such as 50ms, +5s, -2m, 1h or 0");
        }
        long amount = Long.parseLong(parts.group(2)) * msOf(parts.group(3));
        return new SignedDuration(parts.group(1).equals("-") ? -amount : amount);
    }

    private static long msOf(String unit) {
        return switch (unit) {
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 1;
        };
    }
}
