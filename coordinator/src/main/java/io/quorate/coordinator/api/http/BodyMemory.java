package io.quorate.coordinator.api.http;

import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;

/** How much memory a body takes, and whether there can ever be enough. */
public record BodyMemory(MemoryBudget budget) {
    /** The array of a body, and what JSON or an encoded message makes of it. */
    static final int COPIES = 2;

    private static final long MIB = 1 << 20;

    /** The longest body that fits if nothing else is in use. */
    public long longestBytes() {
        return budget.largest(MemoryUse.BODY) / COPIES;
    }

    /** What to change for a body of so many bytes, if it is too long. */
    public String advice(long bodyBytes) {
        return "bodies of more than " + longestBytes()
                + " bytes never fit into requestMemoryMib of this node, which is "
                + budget.limitBytes() / MIB + "; " + MemoryBudget.limitMibFor(bodyBytes * COPIES)
                + " would be enough for one of " + bodyBytes + " bytes";
    }
}
