package io.quorate.node.lsm;

import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.Reason;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Whether the store works. The first failure stops it for good, since after a failed write or force nobody knows what is
 * on disk; only a new start, which reads it all again, does.
 */
final class Health {
    private final AtomicReference<StoreException> failure = new AtomicReference<>();
    private final Consumer<StoreException> fatal;
    private volatile boolean closing;

    Health(Consumer<StoreException> fatal) {
        this.fatal = fatal;
    }

    boolean isFailed() {
        return failure.get() != null;
    }

    StoreException failure() {
        return failure.get();
    }

    void fail(StoreException cause) {
        if (failure.compareAndSet(null, cause)) {
            fatal.accept(cause);
        }
    }

    /** Something that writes to disk. */
    interface Work {
        void run() throws IOException;
    }

    /** Does the work; whatever it throws stops the store. */
    void guard(String doing, Work work) {
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

    /** From now on nothing is accepted; false if that was so already. */
    synchronized boolean beginClosing() {
        boolean first = !closing;
        closing = true;
        return first;
    }

    boolean isClosing() {
        return closing;
    }

    /** @throws RefusedException if the store is closed or has failed */
    void requireOpen() {
        if (closing) {
            throw closed();
        }
        if (isFailed()) {
            throw stopped();
        }
    }

    RefusedException closed() {
        return new RefusedException(Reason.CLOSING, "the store is closed; nothing was applied");
    }

    RefusedException stopped() {
        return new RefusedException(
                Reason.STOPPED,
                "the store stopped after a failure and nothing was applied; restart the node: "
                        + failure().getMessage(),
                failure());
    }
}
