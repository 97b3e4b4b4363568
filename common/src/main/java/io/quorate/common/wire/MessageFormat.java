package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;

/**
 * How one kind of message looks in a frame.
 *
 * @param code the type byte of the frame. It never changes, and no other message takes the code of one that is gone
 * @param since the first number of the protocol with this message. The sender asks before it sends one
 * @param writer appends the payload, all that follows the correlation
 * @param reader reads the payload, and need not check that nothing follows it
 */
record MessageFormat<M extends Message>(int code, int since, Class<M> type, Writer<M> writer, Reader<M> reader) {
    /** A field of a later number is left out in an earlier one. */
    interface Writer<M extends Message> {
        void write(BytesWriter out, M message, int protocol);
    }

    /** A field of a later number has a default in an earlier one. */
    interface Reader<M extends Message> {
        M read(BytesReader in, int protocol);
    }

    void write(BytesWriter out, Message message, int protocol) {
        if (protocol < since) {
            throw new IllegalArgumentException("a " + type.getSimpleName() + " on a connection of protocol " + protocol
                    + ", it is there since " + since);
        }
        writer.write(out, type.cast(message), protocol);
    }

    /** @throws MalformedException if no process sends this message in that number, or not so */
    M read(BytesReader in, int protocol) {
        if (protocol < since) {
            throw new MalformedException("message type " + code + " is unknown in protocol " + protocol);
        }
        return reader.read(in, protocol);
    }
}
