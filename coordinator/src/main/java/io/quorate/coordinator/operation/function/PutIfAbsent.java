package io.quorate.coordinator.operation.function;

import io.quorate.common.model.Content;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusal;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusalReason;
import io.quorate.coordinator.operation.function.FunctionVerdict.MadeContent;
import java.util.List;

/** Puts a value where there is none. */
public record PutIfAbsent(Value value) implements RegisterFunction {
    @Override
    public FunctionVerdict on(Content before) {
        return before instanceof Value
                ? new FunctionRefusal(FunctionRefusalReason.PRESENT, "there is a value")
                : new MadeContent(value);
    }

    @Override
    public long operandBytes() {
        return value.bytes().length;
    }

    @Override
    public List<byte[]> canonicalFields() {
        return RegisterFunction.fields("put if absent", value);
    }
}
