package io.quorate.deploy.data.transfer;

import io.quorate.common.model.Key;
import io.quorate.common.time.SystemClock;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The lines that are under way: bounded by their number and their bytes. Two lines of the same key are never under way
 * together, so that the later one wins. The thread of the command enters lines, and the event loop lets them leave.
 */
final class ImportWindow {
    private static final long BYTES_MAX = 16 << 20;

    private final int linesMax;
    private final TreeSet<Long> numbers = new TreeSet<>();
    private final Set<Key> keys = new HashSet<>();
    private long bytes;

    ImportWindow(int linesMax) {
        this.linesMax = linesMax;
    }

    /**
     * Waits for room. A line of more bytes than the bound goes alone.
     *
     * @return whether the line is in. Without, it may be tried again
     */
    synchronized boolean enter(long number, Key key, int length, long waitMs) throws InterruptedException {
        long endNs = SystemClock.INSTANCE.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        while (!hasRoom(key, length)) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - SystemClock.INSTANCE.monotonicNs());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        numbers.add(number);
        keys.add(key);
        bytes += length;
        return true;
    }

    private boolean hasRoom(Key key, int length) {
        return numbers.isEmpty() || numbers.size() < linesMax && bytes + length <= BYTES_MAX && !keys.contains(key);
    }

    synchronized void leave(long number, Key key, int length) {
        numbers.remove(number);
        keys.remove(key);
        bytes -= length;
        notifyAll();
    }

    /** The first line that is under way. */
    synchronized OptionalLong first() {
        return numbers.isEmpty() ? OptionalLong.empty() : OptionalLong.of(numbers.first());
    }

    /** Whether no line is under way any more, after at most this time. */
    synchronized boolean awaitEmpty(long waitMs) throws InterruptedException {
        long endNs = SystemClock.INSTANCE.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        long leftMs = waitMs;
        while (!numbers.isEmpty() && leftMs > 0) {
            wait(leftMs);
            leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - SystemClock.INSTANCE.monotonicNs());
        }
        return numbers.isEmpty();
    }

    synchronized int size() {
        return numbers.size();
    }
}
