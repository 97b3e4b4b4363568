package io.quorate.node.lsm.wal;

/**
 * A place between two frames of a file.
 *
 * @param offset in the file
 * @param frames how many frames are before it. The next one has this number as its sequence
 */
record FramePosition(long offset, long frames) {
    static final FramePosition START = new FramePosition(0, 0);

    /** Behind the header of a file, which is no frame. */
    FramePosition behindHeader(long bytes) {
        return new FramePosition(offset + bytes, frames);
    }

    FramePosition behindFrame(long bytes) {
        return new FramePosition(offset + bytes, frames + 1);
    }
}
