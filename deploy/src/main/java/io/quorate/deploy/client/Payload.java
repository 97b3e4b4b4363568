package io.quorate.deploy.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.StandardStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The source of a request's body, which is read when the request is sent. */
public sealed interface Payload {
    /** More than any cluster's {@code valueBytesMax} allows. */
    int BYTES_MAX = 64 << 20;

    /** What is read at once. */
    int PIECE_BYTES = 64 << 10;

    /** @throws CommandFailure if it cannot be read, or is too long for any cluster */
    byte[] read();

    /** The arguments by which curl sends the same bytes. */
    List<String> curlArguments();

    /** Whether curl reads the bytes from its standard input. */
    default boolean readsStandardInput() {
        return false;
    }

    /** An argument of the command. */
    record Text(String text) implements Payload {
        @Override
        public byte[] read() {
            return text.getBytes(UTF_8);
        }

        /** Unlike {@code --data-binary} it gives no meaning to an {@code @} at the beginning. */
        @Override
        public List<String> curlArguments() {
            return List.of("--data-raw", text);
        }
    }

    /** A file, as it is. */
    record File(Path path) implements Payload {
        @Override
        public byte[] read() {
            if (Files.isDirectory(path)) {
                throw CommandFailure.usage(path + " is a directory; nothing was sent");
            }
            try (InputStream in = Files.newInputStream(path)) {
                return limited(in, path.toString());
            } catch (IOException e) {
                throw CommandFailure.usage("cannot read " + path + ": " + FailureText.of(e) + "; nothing was sent");
            }
        }

        @Override
        public List<String> curlArguments() {
            return List.of("--data-binary", "@" + path);
        }

        /** Such as {@code /dev/stdin}. */
        @Override
        public boolean readsStandardInput() {
            return path.startsWith("/dev") || path.startsWith("/proc");
        }
    }

    /** Standard input, to its end. */
    record StandardInput() implements Payload {
        @Override
        public byte[] read() {
            try (InputStream in = StandardStreams.in()) {
                return limited(in, "standard input");
            } catch (IOException e) {
                throw CommandFailure.usage("cannot read standard input: " + FailureText.of(e) + "; nothing was sent");
            }
        }

        @Override
        public List<String> curlArguments() {
            return List.of("--data-binary", "@-");
        }

        @Override
        public boolean readsStandardInput() {
            return true;
        }
    }

    private static byte[] limited(InputStream in, String name) throws IOException {
        byte[] bytes = readAtMost(BYTES_MAX + 1, in);
        if (bytes.length > BYTES_MAX) {
            throw CommandFailure.usage(name + " has more than " + BYTES_MAX
                    + " bytes, the longest value that a cluster can be configured for; nothing was sent");
        }
        return bytes;
    }

    /** Only reads. Other ways ask for a position first, and a pipe has none: {@code readNBytes} on JDK 17 does. */
    private static byte[] readAtMost(int bytesMax, InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE_BYTES];
        int length = in.read(piece);
        while (length >= 0 && bytes.size() < bytesMax) {
            bytes.write(piece, 0, length);
            length = in.read(piece);
        }
        return bytes.toByteArray();
    }
}
