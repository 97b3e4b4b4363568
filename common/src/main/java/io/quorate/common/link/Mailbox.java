package io.quorate.common.link;

import io.quorate.common.thread.Defects;
import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands work from any thread to one event loop, with one wake-up for many pieces. A log thread that completes a hundred
 * writes after one fsync wakes the loop once. A piece that throws does not keep the others back.
 */
public final class Mailbox {
    private final Context context;
    private final Queue<Runnable> letters = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean drainScheduled = new AtomicBoolean();

    public Mailbox(Context context) {
        this.context = context;
    }

    /** Runs {@code letter} on the event loop. A caller on that loop returns first. */
    public void post(Runnable letter) {
        letters.add(letter);
        if (drainScheduled.compareAndSet(false, true)) {
            context.runOnContext(woken -> drain());
        }
    }

    private void drain() {
        // Cleared first: a letter posted from now on is taken by this drain or schedules the next one.
        drainScheduled.set(false);
        for (Runnable letter = letters.poll(); letter != null; letter = letters.poll()) {
            Defects.contain(letter);
        }
    }
}
