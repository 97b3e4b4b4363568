package io.quorate.coordinator.operation.function;

import io.quorate.common.model.Content;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusal;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusalReason;
import io.quorate.coordinator.operation.function.FunctionVerdict.MadeContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts a value in the place of another one.
 *
 * @param expected only its bytes count
 */
public record PutIfValue(Value expected, Value value) implements RegisterFunction {
    @Override
    public FunctionVerdict on(Content before) {
        if (before instanceof Value there) {
            return Arrays.equals(there.bytes(), expected.bytes())
                    ? new MadeContent(value)
                    : new FunctionRefusal(FunctionRefusalReason.NOT_EQUAL, "there is another value");
        }
        return new FunctionRefusal(FunctionRefusalReason.ABSENT, "there is no value");
    }

    @Override
    public long operandBytes() {
        return value.bytes().length + expected.bytes().length;
    }

    @Override
    public List<byte[]> canonicalFields() {
        List<byte[]> fields = new ArrayList<>(RegisterFunction.fields("put if value", value));
        fields.add(expected.bytes());
        return fields;
    }
}
