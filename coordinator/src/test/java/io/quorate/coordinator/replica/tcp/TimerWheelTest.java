package io.quorate.coordinator.replica.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.time.SystemClock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<String> fired = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void closeVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void timersFireInTheOrderOfTheirDelaysAndNoneIsEarly() {
        CompletableFuture<Long> elapsed = new CompletableFuture<>();
        loop.runOnContext(on -> {
            TimerWheel wheel = new TimerWheel(vertx, SystemClock.INSTANCE);
            long start = System.nanoTime();
            wheel.after(60, () -> {
                fired.add("late");
                elapsed.complete(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            });
            wheel.after(1, () -> fired.add("early"));
        });
        assertTrue(elapsed.join() >= 60);
        assertEquals(List.of("early", "late"), fired);
    }

    @Test
    void aTimerThatThrowsDelaysNoOtherOne() {
        CompletableFuture<Long> elapsed = new CompletableFuture<>();
        loop.runOnContext(on -> {
            TimerWheel wheel = new TimerWheel(vertx, SystemClock.INSTANCE);
            long start = System.nanoTime();
            wheel.after(1, () -> {
                throw new IllegalStateException("a planned defect");
            });
            wheel.after(1, () -> fired.add("beside"));
            wheel.after(40, () -> elapsed.complete(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
        });
        long elapsedMs = elapsed.orTimeout(3, TimeUnit.SECONDS).join();
        assertEquals(List.of("beside"), fired);
        assertTrue(elapsedMs < 2_000, elapsedMs + " ms");
    }

    @Test
    void aDelayOfMoreThanOneTurnWaitsForItsTurn() {
        CompletableFuture<Long> elapsed = new CompletableFuture<>();
        loop.runOnContext(on -> {
            TimerWheel wheel = new TimerWheel(vertx, SystemClock.INSTANCE);
            long start = System.nanoTime();
            wheel.after(4_200, () -> elapsed.complete(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
        });
        assertTrue(elapsed.join() >= 4_200);
    }

    @Test
    void aCancelledTimerNeverFiresAlsoWhenItsNeighbourCancelsIt() {
        loop.runOnContext(on -> {
            TimerWheel wheel = new TimerWheel(vertx, SystemClock.INSTANCE);
            Timer[] victim = new Timer[1];
            wheel.after(8, () -> {
                fired.add("first");
                victim[0].cancel();
            });
            victim[0] = wheel.after(8, () -> fired.add("victim"));
            wheel.after(8, () -> fired.add("last"));
            wheel.after(8, () -> fired.add("cancelled")).cancel();
            wheel.after(40, () -> fired.add("end"));
        });
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> fired.contains("end"));
        assertEquals(List.of("first", "last", "end"), fired);
    }

    @Test
    void aTimerMaySetAnother() {
        loop.runOnContext(on -> {
            TimerWheel wheel = new TimerWheel(vertx, SystemClock.INSTANCE);
            wheel.after(1, () -> wheel.after(1, () -> fired.add("second")));
        });
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> fired.contains("second"));
    }
}
