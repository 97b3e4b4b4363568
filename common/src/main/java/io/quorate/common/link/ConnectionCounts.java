package io.quorate.common.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits the connections of one port, in all and for each address. So neither a crowd nor one neighbour takes the last
 * descriptors of a process. Shared by all event loops.
 */
public final class ConnectionCounts {
    private final int max;
    private final int ofAnAddressMax;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();

    /**
     * @param max of all addresses together
     * @param ofAnAddressMax of one address
     */
    public ConnectionCounts(int max, int ofAnAddressMax) {
        this.max = max;
        this.ofAnAddressMax = ofAnAddressMax;
    }

    /** Whether one more connection of this address fits. If so, it counts until {@link #closed}. */
    public boolean opened(String address) {
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            refused.increment();
            return false;
        }
        boolean[] fits = new boolean[1];
        byAddress.compute(address, (any, count) -> {
            int others = count == null ? 0 : count;
            fits[0] = others < ofAnAddressMax;
            return fits[0] ? Integer.valueOf(others + 1) : count;
        });
        if (!fits[0]) {
            open.decrementAndGet();
            refused.increment();
        }
        return fits[0];
    }

    /** Whether this address has all connections that one address may have. */
    public boolean isFull(String address) {
        return byAddress.getOrDefault(address, 0) >= ofAnAddressMax;
    }

    /** A connection that was counted has ended. */
    public void closed(String address) {
        byAddress.computeIfPresent(address, (any, count) -> count == 1 ? null : count - 1);
        int left = open.decrementAndGet();
        assert left >= 0 : "a connection ended twice";
    }

    public int open() {
        return open.get();
    }

    public int max() {
        return max;
    }

    public int ofAnAddressMax() {
        return ofAnAddressMax;
    }

    /** How many connections were closed because there were too many: the new one, or an older one in its place. */
    public long refused() {
        return refused.sum();
    }
}
