package io.quorate.node.lsm.space;

import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Whether the process is out of file descriptors. Most writes need none. The log thread needs one when the memtable is
 * full, for the next segment of the log. Only then the store refuses writes, until a probe finds a free descriptor.
 * Flushes and merges wait for that too. Any thread may call the methods.
 */
public final class DescriptorShortage {
    private final AtomicLong met = new AtomicLong();

    // Any thread reads them; changes are made under the lock.
    private volatile Optional<ShortageException> present = Optional.empty();
    private volatile boolean refusesWrites;

    // Under the lock.
    private Consumer<Optional<ShortageException>> listener = changed -> {};

    /**
     * @param newListener receives each beginning and end of a shortage, in order, on the thread that met it. Empty
     *     means that it has ended
     */
    public synchronized void onChange(Consumer<Optional<ShortageException>> newListener) {
        listener = newListener;
        present.ifPresent(cause -> listener.accept(present));
    }

    synchronized void met(ShortageException cause) {
        met.incrementAndGet();
        if (present.isEmpty()) {
            present = Optional.of(cause);
            listener.accept(present);
        }
    }

    synchronized void isOver() {
        refusesWrites = false;
        if (present.isPresent()) {
            present = Optional.empty();
            listener.accept(present);
        }
    }

    /** Whether the last call that needed a descriptor found none. */
    public boolean lasts() {
        return present.isPresent();
    }

    /** How often a call found none. */
    public long timesMet() {
        return met.get();
    }

    /** A write needs a descriptor. So writes are refused while the shortage lasts. */
    public synchronized void refuseWrites() {
        refusesWrites = present.isPresent();
    }

    /** Whether writes are refused now. */
    public boolean refusesWrites() {
        return refusesWrites;
    }

    public RefusedException refusal() {
        return new RefusedException(
                RefusedBecause.OUT_OF_DESCRIPTORS,
                "this process has no free file descriptor for the next segment of its log. Nothing was applied. Reads go"
                        + " on, and writes go on by themselves within seconds once there is one. Close connections, or"
                        + " raise the limit (ulimit -n)",
                present.orElse(null));
    }
}
