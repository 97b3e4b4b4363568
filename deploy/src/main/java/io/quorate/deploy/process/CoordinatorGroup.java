package io.quorate.deploy.process;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.metrics.EventLoops;
import io.quorate.deploy.metrics.LoopFigures;
import io.vertx.core.Future;
import io.vertx.core.Timer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The coordinators of a process, one for each event loop. They share the HTTP port. */
final class CoordinatorGroup implements EventLoops {
    private static final long FIGURES_TIMEOUT_MS = 500;

    /**
     * A coordinator without a quorum waits so long for one before it listens. After that it answers that there is none.
     */
    private static final long QUORUM_WAIT_MS = 1_000;

    private final CoordinatorConfiguration configuration;
    private final VertxRuntime vertx;

    /** Those that listen. Any thread may read it. */
    private final List<CoordinatorVerticle> listening = new CopyOnWriteArrayList<>();

    CoordinatorGroup(CoordinatorConfiguration configuration, VertxRuntime vertx) {
        this.configuration = configuration;
        this.vertx = vertx;
    }

    void start(SharedParts shared) throws StartException {
        long listenByNs = SystemClock.INSTANCE.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(QUORUM_WAIT_MS);
        for (int i = 0; i < configuration.serving().loops().count(); i++) {
            CoordinatorVerticle coordinator = new CoordinatorVerticle(configuration, shared, listenByNs, i == 0);
            vertx.listen(coordinator, "httpPort", configuration.httpHost(), configuration.httpPort());
            listening.add(coordinator);
        }
    }

    @Override
    public Future<List<LoopFigures>> figures() {
        List<Future<LoopFigures>> asked =
                listening.stream().map(CoordinatorVerticle::figures).toList();
        Timer timeout = vertx.vertx().timer(FIGURES_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        return Future.any(Future.join(asked), timeout).transform(either -> {
            timeout.cancel();
            return Future.succeededFuture(
                    asked.stream().filter(Future::succeeded).map(Future::result).toList());
        });
    }

    /** Waits for the requests in flight, one coordinator after the other. */
    void drain() {
        long timeoutS = TimeUnit.MILLISECONDS.toSeconds(configuration.serving().drainTimeoutMs()) + 1;
        for (CoordinatorVerticle coordinator : listening) {
            vertx.awaitClosed("requests in flight", coordinator.drain(), timeoutS);
        }
    }
}
