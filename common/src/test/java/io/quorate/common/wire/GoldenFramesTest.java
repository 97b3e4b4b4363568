package io.quorate.common.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every message, as an earlier run of this program sent it. The file is written again by
 *
 * <pre>
 * mvn -pl common test -Dtest=GoldenFramesTest -Dgolden.write=true
 * </pre>
 *
 * which is right only if the protocol was meant to change: with its version then.
 */
class GoldenFramesTest {
    private static final Path FILE = Path.of("src/test/resources/golden/protocol-7/frames");

    @BeforeAll
    static void writeThemIfTold() throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(FILE.getParent());
            Files.write(FILE, written());
        }
    }

    private static byte[] written() {
        BytesWriter out = new BytesWriter(1 << 10);
        frames().forEach(frame -> FrameFormat.write(out, frame));
        return out.toByteArray();
    }

    /** Only requests tell how long their senders wait. */
    private static List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        for (Message message : FrameDecoderTest.EVERY_MESSAGE) {
            long patienceMs = message instanceof Message.Request ? 250 : Frame.ANY_TIME;
            frames.add(new Frame(frames.size(), patienceMs, message));
        }
        return frames;
    }

    @Test
    void everyMessageIsReadAsItWasWritten() throws IOException {
        List<Frame> found = new ArrayList<>();
        new FrameDecoder(1 << 20).decode(Files.readAllBytes(FILE), found::add);
        assertEquals(frames(), found);
    }

    @Test
    void everyMessageIsWrittenWithTheSameBytes() throws IOException {
        assertArrayEquals(Files.readAllBytes(FILE), written());
    }

    @Test
    void aProcessOfALaterProtocolIsRefused() {
        BytesWriter out = new BytesWriter(64);
        int type = MessageCodec.write(out, FrameDecoderTest.EVERY_MESSAGE.get(0));
        out.array()[0] = MessageCodec.PROTOCOL + 1;
        MalformedException e = assertThrows(
                MalformedException.class, () -> MessageCodec.read(type, new BytesReader(out.toByteArray())));
        assertEquals("protocol version 8, this process speaks 7", e.getMessage());
    }

    @Test
    void aProcessOfAnEarlierProtocolIsRefusedBecauseItTellsNoDisk() {
        BytesWriter out = new BytesWriter(64);
        int type = MessageCodec.write(out, FrameDecoderTest.EVERY_MESSAGE.get(0));
        out.array()[0] = 4;
        MalformedException e = assertThrows(
                MalformedException.class, () -> MessageCodec.read(type, new BytesReader(out.toByteArray())));
        assertEquals("protocol version 4, this process speaks 7", e.getMessage());
    }
}
