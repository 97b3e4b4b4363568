package io.quorate.node.lsm.failure;

import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Whether the store works. The first failure stops it for good: after a failed write or force it is unknown what is on
 * disk. Only a new start, which reads everything again, can know. A {@code ShortageException} is no failure: the code
 * that meets one undoes its work, and tries again later. Safe for use by several threads.
 */
public final class StoreHealth {
    private final AtomicReference<StoreException> failure = new AtomicReference<>();
    private final Consumer<StoreException> fatal;
    private volatile boolean closing;

    public StoreHealth(Consumer<StoreException> fatal) {
        this.fatal = fatal;
    }

    public boolean isFailed() {
        return failure.get() != null;
    }

    public StoreException failure() {
        return failure.get();
    }

    void fail(StoreException cause) {
        if (failure.compareAndSet(null, cause)) {
            fatal.accept(cause);
        }
    }

    /** Work that writes to disk. */
    public interface DiskWork {
        void run() throws IOException;
    }

    /** Does the work. Any exception stops the store. */
    public void guard(String doing, DiskWork work) {
        try {
            work.run();
        } catch (IOException e) {
            fail(new DiskFailedException(doing, e));
        } catch (StoreException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(defect(doing, e));
        } catch (Error e) {
            fail(defect(doing, e));
            throw e;
        }
    }

    private static StoreException defect(String doing, Throwable cause) {
        return new UnknownOutcomeException("a defect of the program showed while " + doing + ": " + cause, cause);
    }

    /** Accepts nothing from now on. False if that was so already. */
    public synchronized boolean beginClosing() {
        boolean first = !closing;
        closing = true;
        return first;
    }

    public boolean isClosing() {
        return closing;
    }

    /** @throws RefusedException if the store has failed or is closed. A failure counts more than the end */
    public void requireOpen() {
        if (isFailed()) {
            throw stopped();
        }
        if (closing) {
            throw closed();
        }
    }

    public RefusedException closed() {
        return new RefusedException(RefusedBecause.CLOSING, "the store is closed. Nothing was applied");
    }

    public RefusedException stopped() {
        return new RefusedException(
                RefusedBecause.STOPPED,
                "the store stopped after a failure and nothing was applied; restart the node: "
                        + failure().getMessage(),
                failure());
    }
}
