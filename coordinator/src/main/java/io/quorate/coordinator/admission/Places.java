package io.quorate.coordinator.admission;

import io.quorate.common.loop.Asker;
import io.quorate.common.model.Content;
import io.quorate.coordinator.operation.function.ContentChange;
import io.quorate.coordinator.operation.function.Replacement;
import io.quorate.coordinator.operation.scan.PageQuery;

/**
 * How many places of the {@link ConcurrencyLimit} an operation takes. One with a large value takes several. Otherwise
 * 32 writes of a megabyte would be in flight, and each small one would wait behind them for the disk. Nobody knows how
 * large a value is before it is found, so it counts as those that its address found of late.
 */
public final class Places {
    /** Of an operation that carries no large value. */
    public static final int ONE = 1;

    /** So two operations with values of any size are in flight at least. */
    static final int MAX = 16;

    static final int PLACE_BYTES = 64 << 10;

    private Places() {}

    public static int ofRead(Asker asker) {
        return of(asker.valueSizes().meanBytes());
    }

    public static int ofWrite(Content content) {
        return ofOperand(new Replacement(content));
    }

    /** Of what a change carries alone, for one that another operation makes along with its own. */
    public static int ofOperand(ContentChange change) {
        return of(change.operandBytes());
    }

    public static int ofChange(ContentChange change, Asker asker) {
        return of(change.expectedBytes(asker.valueSizes()));
    }

    public static int ofPage(PageQuery query, Asker asker) {
        return query.withValues() ? of(asker.pageSizes().meanBytes()) : ONE;
    }

    static int of(long bytes) {
        return (int) Math.min(MAX, ONE + bytes / PLACE_BYTES);
    }
}
