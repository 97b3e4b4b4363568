package io.quorate.deploy.data.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a stream and their numbers. The last one may lack its line break. */
final class NumberedLines {
    /** The longest value that a cluster can be configured for, in Base64, with room for a key. */
    private static final int BYTES_MAX = 96 << 20;

    /** A pipe gives what it has. */
    private static final int PIECE_BYTES = 64 << 10;

    private final InputStream in;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int at;
    private int end;
    private long number;
    private long bytes;
    private boolean endedWithBreak;

    NumberedLines(InputStream in) {
        this.in = in;
    }

    /** The number of the line that {@link #next} gave last. The first is 1. */
    long number() {
        return number;
    }

    /** How many bytes of the stream were taken. */
    long bytes() {
        return bytes;
    }

    /** Whether the line that {@link #next} gave last has its break. Without, it may be torn. */
    boolean endedWithBreak() {
        return endedWithBreak;
    }

    /**
     * The next line without its break, or empty at the end.
     *
     * @throws IOException if it cannot be read, or is longer than any line of an export. Then no line comes after it
     */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean isOver = false;
        while (!isOver) {
            if (at == end && !fill()) {
                break;
            }
            int from = at;
            while (at < end && piece[at] != '\n') {
                at++;
            }
            line.write(piece, from, at - from);
            isOver = at < end;
            at += isOver ? 1 : 0;
            requireShort(line.size());
        }
        if (!isOver && line.size() == 0) {
            return Optional.empty();
        }
        endedWithBreak = isOver;
        number++;
        bytes += line.size() + (isOver ? 1 : 0);
        return Optional.of(line.toByteArray());
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(piece));
        return end > 0;
    }

    private void requireShort(int length) throws IOException {
        if (length > BYTES_MAX) {
            throw new IOException("more than " + BYTES_MAX + " bytes, which no line of an export has");
        }
    }
}
