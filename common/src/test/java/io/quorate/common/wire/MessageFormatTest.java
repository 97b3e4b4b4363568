package io.quorate.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.wire.Message.ForgettingDone;
import org.junit.jupiter.api.Test;

/** How a message, or a field of one, begins with a number of the protocol. The numbers here are made up. */
class MessageFormatTest {
    private static final ForgettingDone FIVE = new ForgettingDone(5);

    /** Since 20, and without its field before 21. */
    private static final MessageFormat<ForgettingDone> FORMAT = new MessageFormat<>(
            200,
            20,
            ForgettingDone.class,
            (out, done, protocol) -> {
                if (protocol >= 21) {
                    out.writeVarint(done.keys());
                }
            },
            (in, protocol) -> new ForgettingDone(protocol >= 21 ? in.readVarint(9) : 0));

    @Test
    void aFieldIsLeftOutBeforeTheNumberThatBringsIt() {
        assertEquals(FIVE, FORMAT.read(written(21), 21));
        assertEquals(0, written(20).remaining());
        assertEquals(new ForgettingDone(0), FORMAT.read(written(20), 20));
    }

    @Test
    void aMessageIsUnknownBeforeTheNumberThatBringsIt() {
        BytesReader in = written(20);
        assertEquals(
                "message type 200 is unknown in protocol 19",
                assertThrows(MalformedException.class, () -> FORMAT.read(in, 19))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> written(19));
    }

    private static BytesReader written(int protocol) {
        BytesWriter out = new BytesWriter(8);
        FORMAT.write(out, FIVE, protocol);
        return new BytesReader(out.toByteArray());
    }
}
