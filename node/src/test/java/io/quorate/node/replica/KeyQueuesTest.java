package io.quorate.node.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.node.replica.state.KeyQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyQueuesTest {
    private static final Key KEY = Key.of("k");
    private static final int STEPS = 100_000;
    private static final int STEPS_AT_ONCE = KeyQueues.WAITING_MAX;

    private final KeyQueues queues = new KeyQueues();
    private final List<Integer> order = new ArrayList<>();
    private int entered;

    @Test
    void stepsOfOneKeyRunInTheOrderOfArrival() {
        queues.enter(KEY, () -> order.add(1));
        queues.enter(KEY, () -> order.add(2));
        queues.enter(KEY, () -> order.add(3));
        assertEquals(List.of(1), order);
        queues.leave(KEY);
        queues.leave(KEY);
        assertEquals(List.of(1, 2, 3), order);
    }

    @Test
    void stepsThatEndAtOnceDoNotDeepenTheStack() {
        queues.enter(KEY, this::enterTheNextAndLeave);
        assertEquals(STEPS, entered);
    }

    private void enterTheNextAndLeave() {
        entered++;
        if (entered < STEPS) {
            queues.enter(KEY, this::enterTheNextAndLeave);
        }
        queues.leave(KEY);
    }

    @Test
    void aStepThatThrowsLeavesTheKeyToTheNext() {
        List<Throwable> defects = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, defect) -> defects.add(defect));
        queues.enter(KEY, () -> {
            queues.enter(KEY, () -> order.add(2));
            queues.leave(KEY);
            throw new IllegalStateException("a defect");
        });
        assertEquals(List.of(2), order);
        queues.leave(KEY);
        assertTrue(queues.enter(KEY, () -> order.add(3)));
        assertEquals(List.of(2, 3), order);
        assertEquals(1, defects.size());
    }

    @Test
    void aStepThatThrowsDoesNotFailTheRequestThatLeavesTheKeyToIt() {
        List<Throwable> defects = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, defect) -> defects.add(defect));
        queues.enter(KEY, () -> order.add(1));
        queues.enter(KEY, () -> {
            throw new StackOverflowError("a planned defect");
        });
        queues.leave(KEY);
        assertEquals(1, defects.size());
        queues.leave(KEY);
        assertTrue(queues.enter(KEY, () -> order.add(3)));
        assertEquals(List.of(1, 3), order);
    }

    @AfterEach
    void reportDefectsAsBefore() {
        Thread.currentThread().setUncaughtExceptionHandler(null);
    }

    @Test
    void tooManyDoNotWait() {
        queues.enter(KEY, () -> {});
        for (int i = 0; i < KeyQueues.WAITING_MAX; i++) {
            assertTrue(queues.enter(KEY, () -> {}));
        }
        assertFalse(queues.enter(KEY, () -> {}));
    }

    @Test
    void twoStepsOfOneKeyNeverRunSideBySide() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(STEPS_AT_ONCE);
        Runnable step = () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            threads.execute(() -> {
                inside.decrementAndGet();
                queues.leave(KEY);
                done.countDown();
            });
        };
        for (int i = 0; i < STEPS_AT_ONCE; i++) {
            threads.execute(() -> queues.enter(KEY, step));
        }
        assertTrue(done.await(30, TimeUnit.SECONDS));
        threads.shutdown();
        assertEquals(1, most.get());
    }
}
