package io.quorate.coordinator.operation.function;

import io.quorate.common.loop.ValueSizes;
import io.quorate.common.model.Content;

/** What a write makes of the content of a register. The same content always gives the same verdict. */
public sealed interface ContentChange permits Replacement, RegisterFunction {
    /** @param before without an expiry that has passed: such a value is replaced by a tombstone first */
    FunctionVerdict on(Content before);

    /** About how many bytes the write carries to its register. */
    long operandBytes();

    /** Whether the content that it makes has all of the value that it meets, so that the write is as long as both. */
    default boolean keepsValue() {
        return false;
    }

    /**
     * About how many bytes the content will have that it makes.
     *
     * @param found of the values that its client found of late: nobody knows how large this one is before it is found
     */
    default long expectedBytes(ValueSizes found) {
        return operandBytes() + (keepsValue() ? found.meanBytes() : 0);
    }
}
