package io.quorate.deploy.process;

import io.quorate.common.thread.Defects;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;

/**
 * Looks every few seconds at files that may have changed, on a worker thread and one look at a time. A look that finds
 * something unfinished is repeated soon: a change counts only when two looks agree on it.
 *
 * <p>Thread: the fields belong to the event loop of the timer.
 */
final class WatchedFiles {
    private static final long LOOK_MS = 3_000;

    /** A program that writes a file in several steps takes less between two of them. */
    private static final long AGAIN_MS = 500;

    private final Vertx vertx;
    private final BooleanSupplier look;
    private final long againMs;
    private boolean isAgainDue;

    WatchedFiles(Vertx vertx, BooleanSupplier look, long againMs) {
        this.vertx = vertx;
        this.look = look;
        this.againMs = againMs;
    }

    /**
     * Looks until {@code vertx} closes.
     *
     * @param look says whether it has to look again soon
     */
    static void look(Vertx vertx, BooleanSupplier look) {
        WatchedFiles files = new WatchedFiles(vertx, look, AGAIN_MS);
        vertx.setPeriodic(LOOK_MS, timer -> files.lookNow());
    }

    /** On the event loop of the timer. */
    void lookNow() {
        vertx.executeBlocking(this::isUnfinished).onSuccess(this::looked);
    }

    private boolean isUnfinished() {
        boolean[] unfinished = new boolean[1];
        Defects.contain(() -> unfinished[0] = look.getAsBoolean());
        return unfinished[0];
    }

    private void looked(boolean isUnfinished) {
        if (isUnfinished && !isAgainDue) {
            isAgainDue = true;
            vertx.setTimer(againMs, due -> {
                isAgainDue = false;
                lookNow();
            });
        }
    }
}
