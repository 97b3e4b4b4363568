package io.quorate.coordinator.operation.function;

import io.quorate.common.model.Content;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusal;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusalReason;
import io.quorate.coordinator.operation.function.FunctionVerdict.MadeContent;
import java.util.Arrays;
import java.util.List;

/**
 * Puts bytes behind those of the value. A key without a value counts as an empty one.
 *
 * @param tail the bytes. Its media type counts only if there is no value. Its expiry replaces the value's, unless it is
 *     {@link Value#NEVER_EXPIRES}
 * @param valueBytesMax how long the whole value may become
 */
public record Append(Value tail, int valueBytesMax) implements RegisterFunction {
    @Override
    public FunctionVerdict on(Content before) {
        return before instanceof Value value ? behind(value) : checked(tail);
    }

    private FunctionVerdict behind(Value value) {
        int length = value.bytes().length;
        int tailLength = tail.bytes().length;
        if ((long) length + tailLength > valueBytesMax) {
            return tooLong(length);
        }
        byte[] whole = Arrays.copyOf(value.bytes(), length + tailLength);
        System.arraycopy(tail.bytes(), 0, whole, length, tailLength);
        long expiry = RegisterFunction.expiry(tail.expiresAtMs(), value.expiresAtMs());
        return new MadeContent(Value.of(whole, value.contentType(), expiry));
    }

    private FunctionVerdict checked(Value whole) {
        return whole.bytes().length > valueBytesMax ? tooLong(0) : new MadeContent(whole);
    }

    private FunctionVerdict tooLong(int length) {
        return new FunctionRefusal(
                FunctionRefusalReason.TOO_LONG,
                "the value has " + length + " bytes, and with " + tail.bytes().length + " more it would have more than "
                        + valueBytesMax);
    }

    @Override
    public long operandBytes() {
        return tail.bytes().length;
    }

    @Override
    public boolean keepsValue() {
        return true;
    }

    @Override
    public List<byte[]> canonicalFields() {
        return RegisterFunction.fields("append", tail);
    }
}
