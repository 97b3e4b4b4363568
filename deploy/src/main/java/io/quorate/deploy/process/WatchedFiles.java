package io.quorate.deploy.process;

import io.quorate.common.thread.Defects;
import io.vertx.core.Vertx;

/** Looks every few seconds at files that may have changed. */
final class WatchedFiles {
    private static final long LOOK_MS = 3_000;

    private WatchedFiles() {}

    /** Calls {@code look} on a worker thread, one call at a time, until {@code vertx} closes. */
    static void look(Vertx vertx, Runnable look) {
        vertx.setPeriodic(
                LOOK_MS,
                timer -> vertx.executeBlocking(() -> {
                    Defects.contain(look);
                    return true;
                }));
    }
}
