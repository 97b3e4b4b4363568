package io.quorate.deploy.bench.load;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.client.ClientTls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** Runs groups on one event loop. Its methods may be called by one other thread, which decides when groups change. */
public final class LoadRunner implements AutoCloseable {
    private static final long TICK_MS = 1;
    private static final long DRAINED_S = Patience.MS_MAX / 1_000 + 10;

    /** The least that a fill must manage. */
    private static final int FILLED_PER_SECOND_MIN = 100;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setPreferNativeTransport(true));
    private final Context context = vertx.getOrCreateContext();
    private final ClientTls tls;

    /** @param tls for endpoints that speak it */
    public LoadRunner(ClientTls tls) {
        this.tls = tls;
    }

    /** Groups that run at the same time. */
    public static final class RunningGroups {
        private final List<LoadRun> runs = new ArrayList<>();
        private long timer;
    }

    /** Starts these groups at once. */
    public RunningGroups start(List<LoadGroup> groups) throws InterruptedException {
        RunningGroups running = new RunningGroups();
        begin(running, nowNs -> groups.forEach(group -> running.runs.add(run(group, nowNs))));
        return running;
    }

    private void begin(RunningGroups running, LongConsumer start) throws InterruptedException {
        await(onLoop(() -> {
            start.accept(SystemClock.INSTANCE.monotonicNs());
            running.timer = vertx.setPeriodic(TICK_MS, timer -> tick(running));
            tick(running);
        }));
    }

    private static void tick(RunningGroups running) {
        for (LoadRun run : running.runs) {
            run.tick(SystemClock.INSTANCE.monotonicNs());
        }
    }

    private LoadRun run(LoadGroup group, long nowNs) {
        return group.pace()
                .match(new GroupStart(SystemClock.INSTANCE, new VertxConnector(vertx, group, tls), group, nowNs));
    }

    /** Writes each key of the plan once, and returns when that is done. */
    public GroupTally fill(LoadGroup group) throws InterruptedException {
        RunningGroups running = new RunningGroups();
        begin(running, nowNs -> {
            GroupStart start =
                    new GroupStart(SystemClock.INSTANCE, new VertxConnector(vertx, group, tls), group, nowNs);
            running.runs.add(start.filling());
        });
        return drained(running, DRAINED_S + group.requests().keys() / FILLED_PER_SECOND_MIN)
                .get(0);
    }

    /** Lets no more requests begin. Those under way go on. */
    public void stop(RunningGroups running) throws InterruptedException {
        await(onLoop(() -> running.runs.forEach(run -> run.stop(SystemClock.INSTANCE.monotonicNs()))));
    }

    /** Waits until the last request has ended, and returns the results in the order of the groups. */
    public List<GroupTally> drained(RunningGroups running) throws InterruptedException {
        return drained(running, DRAINED_S);
    }

    private List<GroupTally> drained(RunningGroups running, long seconds) throws InterruptedException {
        List<Future<GroupTally>> all =
                running.runs.stream().map(LoadRun::drained).toList();
        await(Future.all(all), seconds);
        await(onLoop(() -> vertx.cancelTimer(running.timer)));
        return all.stream().map(Future::result).toList();
    }

    private Future<?> onLoop(Runnable work) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            work.run();
            done.complete();
        });
        return done.future();
    }

    @Override
    public void close() {
        vertx.close();
    }

    private static void await(Future<?> future) throws InterruptedException {
        await(future, DRAINED_S);
    }

    private static void await(Future<?> future, long seconds) throws InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("requests have no end after " + seconds + " s", e);
        }
    }
}
