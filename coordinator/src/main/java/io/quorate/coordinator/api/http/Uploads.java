package io.quorate.coordinator.api.http;

import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.memory.Reservation;
import io.quorate.common.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The bodies of one event loop that are on their way, and those that wait for memory. While others wait, an upload that
 * makes no progress is cut off, the largest first. Used on that event loop only.
 */
public final class Uploads {
    /** A body waits at most so long for memory. Its socket is not read meanwhile. */
    static final long WAIT_MS = 1_500;

    static final long RETRY_MS = 10;
    private static final long STALLED_NS = TimeUnit.SECONDS.toNanos(1);

    /** Each body that waits holds the bytes that came with its head. */
    private static final int WAITING_MAX = 64;

    /** One body that is on its way or waits. */
    interface Upload {
        /** Takes the memory that it wants, if it is there, and goes on. */
        boolean tryAgain();

        long chargedBytes();

        /** Whether less than a little has arrived since the last look, which was long enough ago. */
        boolean isStalled(long nowNs, long stalledNs);

        /** Refuses the body, since others wait for its memory. */
        void cutOff();
    }

    private final MemoryBudget memory;
    private final Clock clock;
    private final List<Upload> running = new ArrayList<>();
    private final Queue<Upload> waiting = new ArrayDeque<>();

    public Uploads(MemoryBudget memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    public MemoryBudget memory() {
        return memory;
    }

    Reservation reservation() {
        return new Reservation(memory, MemoryUse.BODY);
    }

    long nowNs() {
        return clock.monotonicNs();
    }

    BodyMemory bodyMemory() {
        return new BodyMemory(memory);
    }

    boolean mayWait() {
        return waiting.size() < WAITING_MAX;
    }

    void refused() {
        memory.countRefusal(MemoryUse.BODY);
    }

    void running(Upload body) {
        running.add(body);
    }

    void ended(Upload body) {
        running.remove(body);
        waiting.remove(body);
    }

    void wait(Upload body) {
        waiting.add(body);
    }

    /** Lets the bodies that fit go on, and makes room for one that does not. */
    void retry() {
        for (Iterator<Upload> each = new ArrayList<>(waiting).iterator(); each.hasNext(); ) {
            Upload body = each.next();
            if (body.tryAgain()) {
                waiting.remove(body);
            }
        }
        if (!waiting.isEmpty()) {
            cutOffStalled();
        }
    }

    private void cutOffStalled() {
        long nowNs = nowNs();
        running.stream()
                .filter(body -> body.isStalled(nowNs, STALLED_NS))
                .max(Comparator.comparingLong(Upload::chargedBytes))
                .ifPresent(Upload::cutOff);
    }
}
