package io.quorate.deploy.audit;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Lines that wait to be written, at most so many bytes. Safe for use by several threads, none of which it blocks long.
 */
final class AuditQueue {
    private final long bytesMax;

    /** Guarded by this object, as all fields are. */
    private final Queue<byte[]> lines = new ArrayDeque<>();

    private long bytes;
    private long dropped;
    private boolean closed;

    AuditQueue(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Adds a line, or drops and counts it if there is no room. */
    synchronized void add(byte[] line) {
        if (closed || bytes + line.length > bytesMax) {
            dropped++;
            return;
        }
        lines.add(line);
        bytes += line.length;
        notifyAll();
    }

    /** Waits for lines, and takes all of them as one piece. Empty if there are none and will be none. */
    synchronized Optional<AuditBatch> takeAll() {
        boolean interrupted = false;
        while (lines.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(drain());
    }

    private AuditBatch drain() {
        byte[] all = new byte[(int) bytes];
        int at = 0;
        int count = lines.size();
        for (byte[] line : lines) {
            System.arraycopy(line, 0, all, at, line.length);
            at += line.length;
        }
        lines.clear();
        bytes = 0;
        return new AuditBatch(all, count);
    }

    /** Lines that go to the file together. */
    record AuditBatch(byte[] bytes, int lines) {}

    synchronized void countDropped(int count) {
        dropped += count;
    }

    synchronized long dropped() {
        return dropped;
    }

    /** No more lines are taken. Those that wait are still written. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
