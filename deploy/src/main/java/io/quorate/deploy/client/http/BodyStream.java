package io.quorate.deploy.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body whose end is not that of its connection: it has a length, or comes in chunks. */
final class BodyStream extends InputStream {
    private static final String SIZE_OF_CHUNK = "[0-9a-fA-F]{1,15}";

    private final InputStream in;
    private final boolean isChunked;
    private long left;
    private boolean hasBegun;
    private boolean isOver;

    /** @param left the bytes of the body, or 0 if it comes in chunks */
    BodyStream(InputStream in, long left, boolean isChunked) {
        this.in = in;
        this.left = left;
        this.isChunked = isChunked;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !isOver) {
            nextChunk();
        }
        if (isOver) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the answer ends before its end");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (!isChunked) {
            isOver = true;
            return;
        }
        if (hasBegun) {
            HttpLine.read(in); // of the chunk before
        }
        hasBegun = true;
        String size = HttpLine.read(in).split(";", 2)[0].strip();
        if (!size.matches(SIZE_OF_CHUNK)) {
            throw new EOFException("the answer ends before its end");
        }
        left = Long.parseLong(size, 16);
        isOver = left == 0; // trailers are of no use, and the connection ends
    }
}
