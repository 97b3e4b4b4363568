package io.quorate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InFlightTest {
    private final List<Integer> begun = new ArrayList<>();

    @Test
    void callsBeyondTheLimitGoInTheOrderInWhichTheyCame() {
        InFlight inFlight = new InFlight(2, Runnable::run);
        for (int call = 1; call <= 4; call++) {
            int number = call;
            inFlight.enter(() -> begun.add(number));
        }
        assertEquals(List.of(1, 2), begun);
        inFlight.leave();
        assertEquals(List.of(1, 2, 3), begun);
        inFlight.leave();
        inFlight.leave();
        inFlight.leave();
        inFlight.enter(() -> begun.add(5));
        inFlight.enter(() -> begun.add(6));
        inFlight.enter(() -> begun.add(7));
        assertEquals(List.of(1, 2, 3, 4, 5, 6), begun);
    }

    @Test
    void aCallThatWaitedBeginsWithoutAThreadOfItsOwnIfThereIsNone() {
        InFlight inFlight = new InFlight(1, call -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        inFlight.enter(() -> begun.add(1));
        inFlight.enter(() -> begun.add(2));
        inFlight.leave();
        assertEquals(List.of(1, 2), begun);
    }

    @Test
    void manyCallsThatEndAtOnceOverflowNoStackIfThereIsNoThreadForThem() {
        InFlight inFlight = new InFlight(1, call -> {
            throw new RejectedExecutionException("no thread is left");
        });
        inFlight.enter(() -> {});
        for (int call = 1; call <= 10_000; call++) {
            int number = call;
            inFlight.enter(() -> {
                begun.add(number);
                inFlight.leave();
            });
        }
        inFlight.leave();
        assertEquals(IntStream.rangeClosed(1, 10_000).boxed().toList(), begun);
    }

    @Test
    void manyCallsThatEndAtOnceOverflowNoStack() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        int calls = 100_000;
        Semaphore ended = new Semaphore(0);
        InFlight inFlight = new InFlight(1, executor);
        inFlight.enter(() -> {});
        for (int i = 0; i < calls; i++) {
            inFlight.enter(() -> {
                ended.release();
                inFlight.leave();
            });
        }
        inFlight.leave();
        ended.acquire(calls);
        executor.shutdown();
    }
}
