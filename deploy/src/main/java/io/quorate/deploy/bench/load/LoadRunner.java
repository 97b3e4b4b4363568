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
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Runs each group on one of a few event loops. So one that opens thousands of connections does not make another one
 * late. Its methods may be called by one other thread, which decides when groups change.
 */
public final class LoadRunner implements AutoCloseable {
    private static final int EVENT_LOOPS = 4;
    private static final long TICK_MS = 1;
    private static final long DRAINED_S = Patience.MS_MAX / 1_000 + 10;

    /** The least that a fill must manage. */
    private static final int FILLED_PER_SECOND_MIN = 100;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(EVENT_LOOPS)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setPreferNativeTransport(true));
    private final ClientTls tls;

    /** @param tls for endpoints that speak it */
    public LoadRunner(ClientTls tls) {
        this.tls = tls;
    }

    /** Groups that run at the same time. */
    public static final class RunningGroups {
        private final List<RunningGroup> groups = new ArrayList<>();
    }

    /** A group on its event loop. */
    private record RunningGroup(Context loop, LoadRun run, long timer) {}

    /** Starts these groups at once. */
    public RunningGroups start(List<LoadGroup> groups) throws InterruptedException {
        RunningGroups running = new RunningGroups();
        for (LoadGroup group : groups) {
            running.groups.add(begin(nowNs -> run(group, nowNs)));
        }
        return running;
    }

    private RunningGroup begin(LongFunction<LoadRun> start) throws InterruptedException {
        Context loop = nextLoop();
        return await(on(loop, () -> {
            LoadRun run = start.apply(SystemClock.INSTANCE.monotonicNs());
            long timer = vertx.setPeriodic(TICK_MS, any -> run.tick(SystemClock.INSTANCE.monotonicNs()));
            run.tick(SystemClock.INSTANCE.monotonicNs());
            return new RunningGroup(loop, run, timer);
        }));
    }

    /** Vert.x gives a thread that is none of its own the same event loop each time, and each verticle the next one. */
    Context nextLoop() throws InterruptedException {
        Promise<Context> loop = Promise.promise();
        vertx.deployVerticle(deployed -> {
            loop.complete(deployed);
            return Future.succeededFuture();
        });
        return await(loop.future());
    }

    private LoadRun run(LoadGroup group, long nowNs) {
        return group.pace()
                .match(new GroupStart(SystemClock.INSTANCE, new VertxConnector(vertx, group, tls), group, nowNs));
    }

    /** Writes each key of the plan once, and returns when that is done. */
    public GroupTally fill(LoadGroup group) throws InterruptedException {
        RunningGroups running = new RunningGroups();
        running.groups.add(begin(nowNs ->
                new GroupStart(SystemClock.INSTANCE, new VertxConnector(vertx, group, tls), group, nowNs).filling()));
        return drained(running, DRAINED_S + group.requests().keys() / FILLED_PER_SECOND_MIN)
                .get(0);
    }

    /** What each group did since the last call, in the order of the groups. */
    public List<LoadInterval> intervals(RunningGroups running) throws InterruptedException {
        List<LoadInterval> intervals = new ArrayList<>();
        for (RunningGroup each : running.groups) {
            intervals.add(await(on(each.loop(), () -> each.run().tally().interval())));
        }
        return intervals;
    }

    /** Lets no more requests begin. Those under way go on. */
    public void stop(RunningGroups running) throws InterruptedException {
        for (RunningGroup each : running.groups) {
            await(on(each.loop(), () -> {
                each.run().stop(SystemClock.INSTANCE.monotonicNs());
                return each;
            }));
        }
    }

    /** Waits until the last request has ended, and returns the results in the order of the groups. */
    public List<GroupTally> drained(RunningGroups running) throws InterruptedException {
        return drained(running, DRAINED_S);
    }

    private List<GroupTally> drained(RunningGroups running, long seconds) throws InterruptedException {
        List<Future<GroupTally>> all =
                running.groups.stream().map(each -> each.run().drained()).toList();
        await(Future.all(all), seconds);
        running.groups.forEach(each -> vertx.cancelTimer(each.timer()));
        return all.stream().map(Future::result).toList();
    }

    private static <T> Future<T> on(Context loop, Supplier<T> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(now -> done.complete(work.get()));
        return done.future();
    }

    @Override
    public void close() {
        vertx.close();
    }

    private static <T> T await(Future<T> future) throws InterruptedException {
        return await(future, DRAINED_S);
    }

    private static <T> T await(Future<T> future, long seconds) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("requests have no end after " + seconds + " s", e);
        }
    }
}
