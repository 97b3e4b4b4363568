package io.quorate.coordinator.operation.function;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quorate.common.model.Content;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusal;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusalReason;
import io.quorate.coordinator.operation.function.FunctionVerdict.MadeContent;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Adds to a decimal number of 64 bits with a sign, such as {@code -17}. The sum keeps the media type of the value.
 *
 * @param bounds what the sum may be
 * @param absent what a key without a value counts as
 * @param expiresAtMs when the sum's life ends. {@link Value#NEVER_EXPIRES} keeps the end that the value had
 */
public record Add(long amount, SumBounds bounds, AbsentNumber absent, long expiresAtMs) implements RegisterFunction {
    /** The media type of a number that an add has created. */
    public static final String CONTENT_TYPE = "text/plain";

    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    /** What an add makes of a key without a value. */
    public enum AbsentNumber {
        ZERO,
        REFUSED
    }

    /** @param min the least sum, or {@link Long#MIN_VALUE} */
    public record SumBounds(long min, long max) {
        public static final SumBounds NONE = new SumBounds(Long.MIN_VALUE, Long.MAX_VALUE);

        boolean allow(long sum) {
            return min <= sum && sum <= max;
        }
    }

    @Override
    public FunctionVerdict on(Content before) {
        if (before instanceof Value value) {
            OptionalLong number = number(value);
            return number.isEmpty()
                    ? new FunctionRefusal(
                            FunctionRefusalReason.NOT_A_NUMBER, "the value is no decimal number of 64 bits")
                    : sum(number.getAsLong(), value.contentType(), value.expiresAtMs());
        }
        return absent == AbsentNumber.ZERO
                ? sum(0, CONTENT_TYPE, Value.NEVER_EXPIRES)
                : new FunctionRefusal(FunctionRefusalReason.ABSENT, "there is no value");
    }

    private FunctionVerdict sum(long number, String contentType, long endBefore) {
        long sum = number + amount;
        if (((number ^ sum) & (amount ^ sum)) < 0) {
            return new FunctionRefusal(
                    FunctionRefusalReason.OVERFLOW, number + " and " + amount + " are more than 64 bits");
        }
        if (!bounds.allow(sum)) {
            return new FunctionRefusal(
                    FunctionRefusalReason.OUT_OF_BOUNDS,
                    "the value is " + number + ", and " + sum + " is "
                            + (sum < bounds.min ? "below " + bounds.min : "above " + bounds.max));
        }
        byte[] bytes = Long.toString(sum).getBytes(US_ASCII);
        return new MadeContent(Value.of(bytes, contentType, RegisterFunction.expiry(expiresAtMs, endBefore)));
    }

    /** The number that a value is, or empty: {@code 007}, {@code +1}, {@code -0} and {@code 1.0} are none. */
    public static OptionalLong number(Value value) {
        return value.bytes().length > 20 ? OptionalLong.empty() : number(new String(value.bytes(), US_ASCII));
    }

    /** As the value of these characters. */
    public static OptionalLong number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    @Override
    public long operandBytes() {
        return Long.BYTES;
    }

    @Override
    public List<byte[]> canonicalFields() {
        return RegisterFunction.fields(
                "add",
                Long.toString(amount),
                Long.toString(bounds.min),
                Long.toString(bounds.max),
                absent == AbsentNumber.ZERO ? "zero" : "refused");
    }
}
