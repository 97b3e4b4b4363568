package io.quorate.deploy.client;

import io.quorate.common.text.DurationText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A duration as the API takes it, at least 1 ms.
 *
 * @param text as it is sent
 */
public record DurationOption(String text, long ms) {
    public static DurationOption parse(String text) {
        long ms = DurationText.parse(text).map(DurationText::ms).orElse(0L);
        if (ms < 1) {
            throw new TypeConversionException(
                    "'" + text + "' is not a duration; write it as 500ms, 2s, 15m, 12h or 7d, at least 1ms");
        }
        return new DurationOption(text, ms);
    }

    /** For picocli. */
    public static final class Converter implements ITypeConverter<DurationOption> {
        @Override
        public DurationOption convert(String text) {
            return parse(text);
        }
    }
}
