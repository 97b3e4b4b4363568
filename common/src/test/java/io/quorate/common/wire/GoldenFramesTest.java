package io.quorate.common.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.wire.Message.Welcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message in each number of the protocol that this build speaks, as an earlier run of the program sent it. The
 * file of the newest number is written again by
 *
 * <pre>
 * mvn -pl common test -Dtest=GoldenFramesTest -Dgolden.write=true
 * </pre>
 *
 * which is right only if no build that left this repository speaks that number yet. Otherwise the change is the next
 * number's, and the file of the earlier one stays as it is.
 */
class GoldenFramesTest {
    static IntStream numbers() {
        return IntStream.rangeClosed(ProtocolRange.SPOKEN.oldest(), ProtocolRange.SPOKEN.newest());
    }

    private static Path file(int protocol) throws IOException {
        Path file = Path.of("src/test/resources/golden/protocol-" + protocol + "/frames");
        if (Boolean.getBoolean("golden.write") && protocol == ProtocolRange.SPOKEN.newest()) {
            Files.createDirectories(file.getParent());
            Files.write(file, written(protocol));
        }
        return file;
    }

    private static byte[] written(int protocol) {
        BytesWriter out = new BytesWriter(1 << 10);
        frames(protocol).forEach(frame -> FrameFormat.write(out, frame, protocol));
        return out.toByteArray();
    }

    /** Only requests tell how long their senders wait. */
    private static List<Frame> frames(int protocol) {
        List<Frame> frames = new ArrayList<>();
        for (Message message : FrameDecoderTest.messagesOf(protocol)) {
            long patienceMs = message instanceof Message.Request ? 250 : Frame.ANY_TIME;
            frames.add(new Frame(frames.size(), patienceMs, inNumber(protocol, message)));
        }
        return frames;
    }

    private static Message inNumber(int protocol, Message message) {
        return message instanceof Welcome welcome
                ? new Welcome(welcome.sender(), welcome.incarnation(), welcome.disk(), welcome.agreed(), protocol)
                : message;
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void everyMessageIsReadAsItWasWritten(int protocol) throws IOException {
        List<Frame> found = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder(1 << 20);
        decoder.protocol(protocol);
        decoder.decode(Files.readAllBytes(file(protocol)), found::add);
        assertEquals(frames(protocol), found);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void everyMessageIsWrittenWithTheSameBytes(int protocol) throws IOException {
        assertArrayEquals(Files.readAllBytes(file(protocol)), written(protocol));
    }
}
