package io.quorate.benchmark.store;

import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A write whose caller waits for it. */
final class AwaitedPut implements Completion {
    private final Thread caller = Thread.currentThread();
    /** Null until it is known what became of the write. */
    private volatile Optional<RuntimeException> failure;

    void await() {
        while (failure == null) {
            LockSupport.park(this);
        }
        failure.ifPresent(why -> {
            throw why;
        });
    }

    @Override
    public void applied() {
        end(Optional.empty());
    }

    @Override
    public void refused(RefusedException why) {
        end(Optional.of(why));
    }

    @Override
    public void unknown(UnknownOutcomeException why) {
        end(Optional.of(why));
    }

    private void end(Optional<RuntimeException> how) {
        failure = how;
        LockSupport.unpark(caller);
    }
}
