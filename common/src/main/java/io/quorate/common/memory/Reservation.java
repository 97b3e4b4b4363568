package io.quorate.common.memory;

/**
 * The bytes that one owner holds of a budget. The owner gives them back exactly once, by {@link #close}. Used by one
 * thread at a time.
 */
public final class Reservation implements AutoCloseable {
    private final MemoryBudget budget;
    private final MemoryUse use;
    private long bytes;
    private boolean closed;

    /** Holds nothing yet. */
    public Reservation(MemoryBudget budget, MemoryUse use) {
        this.budget = budget;
        this.use = use;
    }

    /** Whether so many more bytes fit. If so, they are charged. */
    public boolean tryGrow(long more) {
        assert !closed : "a closed reservation grows";
        if (budget.tryAdd(use, more)) {
            bytes += more;
            return true;
        }
        return false;
    }

    /** As {@link #tryGrow}, for an owner that waits and asks again. */
    public boolean tryGrowQuietly(long more) {
        assert !closed : "a closed reservation grows";
        if (budget.tryAddQuietly(use, more)) {
            bytes += more;
            return true;
        }
        return false;
    }

    /** Charges bytes that exist already. */
    public void grow(long more) {
        assert !closed : "a closed reservation grows";
        budget.add(use, more);
        bytes += more;
    }

    /** Gives back a part. */
    public void shrink(long less) {
        assert !closed && less <= bytes : less + " of " + bytes;
        bytes -= less;
        budget.giveBack(use, less);
    }

    public long bytes() {
        return bytes;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Gives everything back. A second call is a defect. */
    @Override
    public void close() {
        assert !closed : "a reservation is given back twice";
        closed = true;
        long held = bytes;
        bytes = 0;
        budget.giveBack(use, held);
    }
}
