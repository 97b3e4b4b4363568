package io.quorate.node.lsm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Two actions on two threads, where the second one begins while the first is held at a place of the test's choice. If a
 * lock keeps them apart, the second waits for it. Then the first goes on. Otherwise the second runs to its end while
 * the first is held. So a missing lock shows in each run.
 */
public final class Overlap {
    private final AtomicBoolean held = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread second;
    private boolean waited;

    public interface Action {
        void run() throws IOException;
    }

    /** @param second runs on a thread of its own */
    public Overlap(Action second) {
        this.second = new Thread(
                () -> {
                    try {
                        second.run();
                    } catch (IOException | RuntimeException | Error e) {
                        failure.set(e);
                    }
                },
                "second");
        this.second.setDaemon(true);
    }

    /** The place in the first action. Only the first call counts. */
    public void hold() {
        if (held.compareAndSet(false, true)) {
            second.start();
            while (!waited && second.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
                waited = isSecondWaitingForThisThread();
            }
        }
    }

    /** A thread that is blocked may also wait for a third one, which loads a class. */
    private boolean isSecondWaitingForThisThread() {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(second.getId());
        return info != null && info.getLockOwnerId() == Thread.currentThread().getId();
    }

    /** Runs the first action on this thread, and waits for the second. */
    public void run(Action first) throws InterruptedException {
        try {
            first.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!held.get()) {
            throw new AssertionError("the first action did not come to the place");
        }
        second.join();
        if (failure.get() != null) {
            throw new AssertionError("the second action failed", failure.get());
        }
    }

    /** Whether a lock kept the second action out while the first was held. */
    public boolean waited() {
        return waited;
    }
}
