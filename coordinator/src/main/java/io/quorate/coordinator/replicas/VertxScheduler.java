package io.quorate.coordinator.replicas;

import io.quorate.common.time.Scheduler;
import io.vertx.core.Vertx;

/** Timers of the Vert.x event loop that it is used on. */
public final class VertxScheduler implements Scheduler {
    private final Vertx vertx;

    public VertxScheduler(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Timer after(long delayMs, Runnable action) {
        long id = vertx.setTimer(Math.max(1, delayMs), fired -> action.run());
        return () -> vertx.cancelTimer(id);
    }
}
