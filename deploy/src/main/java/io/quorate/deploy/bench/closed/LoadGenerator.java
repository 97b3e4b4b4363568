package io.quorate.deploy.bench.closed;

import io.quorate.deploy.client.ClientTls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Runs the clients on one event loop, and lets the calling thread divide time into spans. */
public final class LoadGenerator implements AutoCloseable {
    private static final long ANSWERS_DUE_S = 70;
    private static final long PROGRESS_MS = 200;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setPreferNativeTransport(true));
    private final Context context = vertx.getOrCreateContext();
    private final NetClient net;

    /** @param tls for endpoints that speak it */
    public LoadGenerator(ClientTls tls) {
        net = vertx.createNetClient(tls.socketOptions());
    }

    /**
     * Writes every key once, unless it is interrupted, and returns the results.
     *
     * @param progress receives the number of writes done, from time to time
     */
    public Tally fill(Workload workload, LongConsumer progress, BooleanSupplier isInterrupted)
            throws InterruptedException {
        AtomicLong key = new AtomicLong();
        Loop loop = start(workload.filling(), key::getAndIncrement, workload.keys());
        CountDownLatch ended = new CountDownLatch(1);
        loop.whenEnded().future().onComplete(end -> ended.countDown());
        while (!isInterrupted.getAsBoolean() && !ended.await(PROGRESS_MS, TimeUnit.MILLISECONDS)) {
            progress.accept(onLoop(loop::finished));
        }
        finish(loop);
        return span(loop);
    }

    /** Starts the clients, which go on until {@link #finish}. */
    public Loop start(Workload workload) {
        SplittableRandom random = new SplittableRandom(workload.seed());
        return start(workload, workload.keyChoice().over(workload.keys(), random.split()), Long.MAX_VALUE);
    }

    private Loop start(Workload workload, LongSupplier keys, long requestsMax) {
        Loop loop = new Loop(workload, keys, new SplittableRandom(workload.seed()), requestsMax);
        context.runOnContext(now -> {
            for (int i = 0; i < workload.clients(); i++) {
                new Client(vertx, net, workload.endpoints(), i, loop).start();
            }
        });
        return loop;
    }

    /** Ends a span of time and begins another, and returns what happened in the one that ended. */
    public Tally span(Loop loop) throws InterruptedException {
        return onLoop(loop::nextTally);
    }

    /** Reads something that belongs to the event loop. */
    public <T> T onLoop(Supplier<T> read) throws InterruptedException {
        Promise<T> promise = Promise.promise();
        context.runOnContext(now -> promise.complete(read.get()));
        return get(promise.future(), ANSWERS_DUE_S);
    }

    /** Lets every client receive its last answer. */
    public void finish(Loop loop) throws InterruptedException {
        context.runOnContext(now -> loop.finish());
        get(loop.whenEnded().future(), ANSWERS_DUE_S);
    }

    @Override
    public void close() {
        vertx.close();
    }

    private static <T> T get(Future<T> future, long seconds) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("answers are missing after " + seconds + " s", e);
        }
    }
}
