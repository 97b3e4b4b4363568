package io.quorate.deploy.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets a command end early on Ctrl-C, or on another signal that ends a process, and print what it has. The process ends
 * when the command has closed this, and with the exit code of the signal.
 */
public final class Interruption implements AutoCloseable {
    /** A command that hangs does not keep the process. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** The one that waits for Ctrl-C now. A process runs one command at a time. */
    private static final AtomicReference<Interruption> CURRENT = new AtomicReference<>();

    private final CountDownLatch signalled = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::letTheCommandEnd, "interruption");

    private Interruption() {}

    public static Interruption awaited() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        CURRENT.set(interruption);
        return interruption;
    }

    /** Lets the command end early, and not the process. False if no command waits for that. */
    public static boolean signalCurrent() {
        Interruption current = CURRENT.get();
        if (current != null) {
            current.signalled.countDown();
        }
        return current != null;
    }

    private void letTheCommandEnd() {
        signalled.countDown();
        try {
            closed.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets time pass. True at once if the command is to end, or has been. */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return signalled.await(time, unit);
    }

    /** Whether the command is to end. */
    public boolean isSignalled() {
        return signalled.getCount() == 0;
    }

    /** The command has printed all that it wants to print. */
    @Override
    public void close() {
        CURRENT.compareAndSet(this, null);
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process ends already
        }
    }
}
