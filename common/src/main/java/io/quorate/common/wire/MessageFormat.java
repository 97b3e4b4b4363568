package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How one kind of message looks in a frame.
 *
 * @param code the type byte of the frame. It never changes, and no other message takes the code of one that is gone
 * @param writer appends the payload, all that follows the correlation
 * @param reader reads the payload, and need not check that nothing follows it
 */
record MessageFormat<M extends Message>(
        int code, Class<M> type, BiConsumer<BytesWriter, M> writer, Function<BytesReader, M> reader) {
    /** A message without a payload. */
    static <M extends Message> MessageFormat<M> empty(int code, M message) {
        @SuppressWarnings("unchecked") // the class of an M
        Class<M> type = (Class<M>) message.getClass();
        return new MessageFormat<>(code, type, (out, any) -> {}, in -> message);
    }

    void write(BytesWriter out, Message message) {
        writer.accept(out, type.cast(message));
    }
}
