package io.quorate.deploy.local.command;

import io.quorate.common.text.DurationText;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration as people type it, possibly negative: {@code 50ms}, {@code +5s}, {@code -1h}, or a bare {@code 0}. */
public record SignedDuration(long ms) {
    private static final long AMOUNT_MAX = 999_999_999;

    static final class Converter implements ITypeConverter<SignedDuration> {
        @Override
        public SignedDuration convert(String text) {
            return parse(text);
        }
    }

    public static SignedDuration parse(String text) {
        boolean isSigned = text.startsWith("+") || text.startsWith("-");
        String magnitude = isSigned ? text.substring(1) : text;
        long ms = magnitude.matches("0+") ? 0 : magnitudeMs(text, magnitude);
        return new SignedDuration(text.startsWith("-") ? -ms : ms);
    }

    private static long magnitudeMs(String text, String magnitude) {
        return DurationText.parse(magnitude)
                .filter(duration -> duration.unit() != TimeUnit.DAYS && duration.amount() <= AMOUNT_MAX)
                .map(DurationText::ms)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not a duration; write it as 50ms, +5s, -2m, 1h or 0"));
    }
}
