package io.quorate.coordinator.operation.function;

import io.quorate.common.model.Content;
import io.quorate.common.model.Value;

/** Puts this content in the place of any other: a plain put or delete. */
public record Replacement(Content content) implements ContentChange {
    @Override
    public FunctionVerdict on(Content before) {
        return new FunctionVerdict.MadeContent(content);
    }

    @Override
    public long operandBytes() {
        return content instanceof Value value ? value.bytes().length : 0;
    }
}
