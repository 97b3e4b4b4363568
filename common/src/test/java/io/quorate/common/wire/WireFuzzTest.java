package io.quorate.common.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.common.codec.MalformedException;

/** Any bytes of a peer give messages, or the one exception that reports that they are none. */
class WireFuzzTest {
    private static final int FRAME_BYTES_MAX = 1 << 16;

    @FuzzTest(maxDuration = "3m")
    void frames(byte[] stream) {
        try {
            new FrameDecoder(FRAME_BYTES_MAX).decode(stream, frame -> {});
        } catch (MalformedException e) {
            return;
        }
    }

    /**
     * The first byte is the type. The bytes of a message that can be read are those that its writer would write, or a
     * longer form of them.
     */
    @FuzzTest(maxDuration = "3m")
    void messages(byte[] typeAndPayload) {
        if (typeAndPayload.length == 0) {
            return;
        }
        Message message;
        try {
            message = MessageCodec.read(
                    typeAndPayload[0],
                    new BytesReader(typeAndPayload, 1, typeAndPayload.length - 1),
                    ProtocolRange.SPOKEN.newest());
        } catch (MalformedException e) {
            return;
        }
        BytesWriter out = new BytesWriter(64);
        int type = MessageCodec.write(out, message, ProtocolRange.SPOKEN.newest());
        BytesReader in = new BytesReader(out.toByteArray());
        if (!message.equals(MessageCodec.read(type, in, ProtocolRange.SPOKEN.newest()))) {
            throw new AssertionError(message + " comes back as another");
        }
    }

    /** As {@link #frames}, in a frame whose length and checksum are right. */
    @FuzzTest(maxDuration = "3m")
    void wholeFrames(byte[] body) {
        BytesWriter out = new BytesWriter(body.length + FrameFormat.HEADER_BYTES);
        out.writeInt(body.length);
        out.writeInt(Checksum.crc32c(body, 0, body.length));
        out.writeBytes(body);
        frames(out.toByteArray());
    }
}
