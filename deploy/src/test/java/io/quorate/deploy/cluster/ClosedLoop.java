package io.quorate.deploy.cluster;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** Clients that each do one step after the other until {@link #stop}. */
public final class ClosedLoop implements AutoCloseable {
    private final ExecutorService threads;
    private final List<Future<?>> clients = new ArrayList<>();
    private final AtomicLong steps = new AtomicLong();
    private volatile boolean stopped;

    private ClosedLoop(int clients, IntConsumer step) {
        threads = Executors.newFixedThreadPool(clients);
        for (int client = 0; client < clients; client++) {
            int number = client;
            this.clients.add(threads.submit(() -> run(number, step)));
        }
    }

    /** @param step gets the client's number. An exception ends the client and comes out of {@link #stop} */
    public static ClosedLoop start(int clients, IntConsumer step) {
        return new ClosedLoop(clients, step);
    }

    /** Waits until the clients have done so many steps more. */
    public void awaitFurther(long count) {
        awaitFurther(count, steps);
    }

    /** Waits until the clients have counted so many more of what they count there. */
    public void awaitFurther(long count, AtomicLong counted) {
        long goal = counted.get() + count;
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    throwFirstFailure();
                    return counted.get() >= goal;
                });
    }

    public long steps() {
        return steps.get();
    }

    /** Lets every client finish its step. */
    public void stop() {
        stopped = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a client hangs in a step");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throwFirstFailure();
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }

    private void run(int number, IntConsumer step) {
        while (!stopped) {
            step.accept(number);
            steps.incrementAndGet();
        }
    }

    private void throwFirstFailure() {
        for (Future<?> client : clients) {
            if (!client.isDone()) {
                continue;
            }
            try {
                client.get();
            } catch (ExecutionException e) {
                throw new AssertionError("a client failed: " + e.getCause().getMessage(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
