package io.quorate.node.lsm.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.Contest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CommitQueueTest {
    private static final int CALLERS = 2;
    private static final int TASKS = 100_000;

    private final CommitQueue queue = new CommitQueue();
    private final Semaphore woken = new Semaphore(0);
    private final AtomicInteger callersLeft = new AtomicInteger(CALLERS);

    private static QueuedTask task() {
        return new QueuedTask.Close(() -> {});
    }

    @Test
    void thePushThatFindsItEmptyWakesTheLogThread() {
        ArrayDeque<QueuedTask> taken = new ArrayDeque<>();
        assertTrue(queue.push(task()));
        assertFalse(queue.push(task()));
        queue.drainTo(taken);
        assertEquals(2, taken.size());
        assertTrue(queue.push(task()));
    }

    /** A task may neither be lost, nor overtake one of the same caller, nor wait although nobody was woken. */
    @Test
    void eachTaskIsTakenOnceInTheOrderOfItsCaller() throws Exception {
        List<List<QueuedTask>> tasks = new ArrayList<>();
        Map<QueuedTask, Integer> callerOf = new IdentityHashMap<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            tasks.add(Stream.generate(CommitQueueTest::task).limit(TASKS).toList());
            for (QueuedTask task : tasks.get(caller)) {
                callerOf.put(task, caller);
            }
        }
        ArrayDeque<QueuedTask> taken = new ArrayDeque<>();
        Contest.run(CALLERS + 1, thread -> {
            if (thread == CALLERS) {
                takeAll(taken);
            } else {
                tasks.get(thread).forEach(task -> woken.release(queue.push(task) ? 1 : 0));
                callersLeft.decrementAndGet();
            }
        });
        requireOrder(tasks, callerOf, taken);
    }

    private void takeAll(ArrayDeque<QueuedTask> taken) {
        try {
            while (taken.size() < CALLERS * TASKS) {
                boolean over = callersLeft.get() == 0;
                if (woken.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    queue.drainTo(taken);
                } else {
                    assertFalse(over, taken.size() + " tasks were taken, and nobody was woken for others");
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void requireOrder(
            List<List<QueuedTask>> tasks, Map<QueuedTask, Integer> callerOf, ArrayDeque<QueuedTask> taken) {
        int[] next = new int[CALLERS];
        for (QueuedTask task : taken) {
            int caller = callerOf.get(task);
            assertSame(tasks.get(caller).get(next[caller]++), task);
        }
        assertEquals(CALLERS * TASKS, taken.size());
    }
}
