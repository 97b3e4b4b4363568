package io.quorate.coordinator.operation.function;

import io.quorate.common.model.Content;
import java.util.Optional;
import java.util.function.Function;

/** What became of a function on one content: a new content, or nothing and why. */
public sealed interface FunctionVerdict {
    /** The content that the function made, or empty if it is refused. */
    Optional<Content> made();

    <T> T match(Function<Content, T> made, Function<FunctionRefusal, T> refused);

    record MadeContent(Content content) implements FunctionVerdict {
        @Override
        public Optional<Content> made() {
            return Optional.of(content);
        }

        @Override
        public <T> T match(Function<Content, T> made, Function<FunctionRefusal, T> refused) {
            return made.apply(content);
        }
    }

    /** @param detail one sentence about the value that was met, for people */
    record FunctionRefusal(FunctionRefusalReason reason, String detail) implements FunctionVerdict {
        @Override
        public Optional<Content> made() {
            return Optional.empty();
        }

        @Override
        public <T> T match(Function<Content, T> made, Function<FunctionRefusal, T> refused) {
            return refused.apply(this);
        }
    }

    /** Why a function changes nothing. */
    enum FunctionRefusalReason {
        /** There is no value, and the function needs one. */
        ABSENT,
        /** There is a value, and the function needs that there is none. */
        PRESENT,
        /** There is another value than the function wants. */
        NOT_EQUAL,
        /** The value is no decimal number of 64 bits. */
        NOT_A_NUMBER,
        /** The sum would be below the minimum or above the maximum. */
        OUT_OF_BOUNDS,
        /** The sum would not fit into 64 bits. */
        OVERFLOW,
        /** The value would become longer than values may be. */
        TOO_LONG
    }
}
