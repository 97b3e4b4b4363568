package io.quorate.common.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Bounds the bytes that all requests of a process hold together. It is pure bookkeeping: it allocates nothing and never
 * waits. Safe for use by several threads.
 *
 * <pre>
 *  0                                          3/4             limit
 *  +-------------------------------------------+-----------------+
 *  | clients and peers                         | peers only      |
 *  +-------------------------------------------+-----------------+
 * </pre>
 *
 * A client's request has to leave some of the clients' part free: {@value #FREE_PER_BYTE} times its own size, at most a
 * quarter of that part. So the largest requests are refused first, and a small one finds room beside any number of
 * large ones.
 *
 * <p>The limit bounds what is admitted. {@link #add} passes it, for bytes that exist already.
 */
public final class MemoryBudget {
    static final int FREE_PER_BYTE = 4;

    private static final long MIB = 1 << 20;
    private static final int USES = MemoryUse.values().length;

    private final long limitBytes;
    private final long clientsBytes;
    private final AtomicLong inUse = new AtomicLong();
    private final AtomicLongArray inUseBy = new AtomicLongArray(USES);
    private final AtomicLongArray refusalsBy = new AtomicLongArray(USES);

    public MemoryBudget(long limitBytes) {
        if (limitBytes < 1) {
            throw new IllegalArgumentException("a budget of " + limitBytes + " bytes");
        }
        this.limitBytes = limitBytes;
        this.clientsBytes = limitBytes - limitBytes / 4;
    }

    /** A budget that refuses nothing, for tests and tools. */
    public static MemoryBudget unlimited() {
        return new MemoryBudget(Long.MAX_VALUE / 8);
    }

    /** Charges the bytes if they fit. Otherwise it charges nothing and counts a refusal. */
    public boolean tryAdd(MemoryUse use, long bytes) {
        if (tryAddQuietly(use, bytes)) {
            return true;
        }
        countRefusal(use);
        return false;
    }

    /** A caller has waited in vain. */
    public void countRefusal(MemoryUse use) {
        refusalsBy.incrementAndGet(use.ordinal());
    }

    /** As {@link #tryAdd}, for a caller that waits and asks again. It counts no refusal. */
    public boolean tryAddQuietly(MemoryUse use, long bytes) {
        assert bytes >= 0 : bytes;
        long most = most(use, bytes);
        long before = inUse.get();
        while (before + bytes <= most) {
            if (inUse.compareAndSet(before, before + bytes)) {
                inUseBy.addAndGet(use.ordinal(), bytes);
                return true;
            }
            before = inUse.get();
        }
        return false;
    }

    /** Charges bytes that exist already, beyond the limit if need be. */
    public void add(MemoryUse use, long bytes) {
        assert bytes >= 0 : bytes;
        inUse.addAndGet(bytes);
        inUseBy.addAndGet(use.ordinal(), bytes);
    }

    /** Gives back bytes that were charged for the same use. */
    public void giveBack(MemoryUse use, long bytes) {
        assert bytes >= 0 : bytes;
        long left = inUseBy.addAndGet(use.ordinal(), -bytes);
        assert left >= 0 : use + " gave back " + -left + " bytes more than it was charged";
        inUse.addAndGet(-bytes);
    }

    /** Whether so many bytes would fit if nothing else were in use. If not, waiting is in vain. */
    public boolean canEverHold(MemoryUse use, long bytes) {
        return bytes <= largest(use);
    }

    /** The most bytes that one request can hold if nothing else is in use. */
    public long largest(MemoryUse use) {
        return most(use, limitBytes);
    }

    /** The least limit under which a client's request of so many bytes can be held, in whole MiB. */
    public static long limitMibFor(long bytes) {
        long limitMib = bytes / MIB;
        while (!new MemoryBudget(Math.max(1, limitMib) * MIB).canEverHold(MemoryUse.BODY, bytes)) {
            limitMib++;
        }
        return Math.max(1, limitMib);
    }

    /** Up to where the budget may fill for such a request. */
    private long most(MemoryUse use, long bytes) {
        return switch (use.share()) {
            case CLIENTS -> clientsBytes - Math.min(clientsBytes / 4, FREE_PER_BYTE * bytes);
            case PEERS -> limitBytes;
        };
    }

    public long limitBytes() {
        return limitBytes;
    }

    public long inUseBytes() {
        return inUse.get();
    }

    public long inUseBytes(MemoryUse use) {
        return inUseBy.get(use.ordinal());
    }

    /** How often {@link #tryAdd} refused. */
    public long refusals(MemoryUse use) {
        return refusalsBy.get(use.ordinal());
    }

    @Override
    public String toString() {
        return inUseBytes() + " of " + limitBytes + " bytes";
    }
}
