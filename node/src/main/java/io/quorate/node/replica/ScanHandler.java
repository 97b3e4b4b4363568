package io.quorate.node.replica;

import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Horizon;
import io.quorate.common.thread.Defects;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.ScanReplyBuilder;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.replica.state.RegisterWalk;
import io.quorate.node.replica.state.Rejection;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * SCAN: shows the registers of a range, up to the limits of the request. It always runs on a reader's thread, since it
 * reads many blocks. Only a few scans run at a time, so that reads of single keys find a free reader. The others wait.
 */
public final class ScanHandler implements RequestHandler<Scan> {
    static final int RUNNERS_MAX = 2;
    static final int WAITING_MAX = 128;

    private final KeyStates states;
    private final Executor readers;
    private final Queue<ScanInProgress> waiting = new ArrayDeque<>();
    private int runners;

    private record ScanInProgress(Scan scan, PendingReply reply) {}

    public ScanHandler(KeyStates states, Executor readers) {
        this.states = states;
        this.readers = readers;
    }

    @Override
    public void handle(Scan scan, PendingReply reply) {
        boolean needsRunner;
        synchronized (waiting) {
            if (waiting.size() >= WAITING_MAX) {
                reply.accept(new Rejected(
                        Rejected.RejectionCause.OVERLOADED, "more than " + WAITING_MAX + " scans wait already"));
                return;
            }
            waiting.add(new ScanInProgress(scan, reply));
            needsRunner = runners < RUNNERS_MAX;
            runners += needsRunner ? 1 : 0;
        }
        if (needsRunner) {
            startRunner();
        }
    }

    private void startRunner() {
        try {
            readers.execute(() -> answerWaiting(this::read));
        } catch (RejectedExecutionException e) {
            answerWaiting(scan -> Rejection.tooManyReads());
        }
    }

    private void answerWaiting(Function<Scan, Reply> answer) {
        for (Optional<ScanInProgress> next = next(); next.isPresent(); next = next()) {
            PendingReply reply = next.get().reply();
            reply.accept(
                    reply.isTooLate()
                            ? Rejection.expired()
                            : answer.apply(next.get().scan()));
        }
    }

    /** The scan that waits longest. Without one, the runner ends. */
    private Optional<ScanInProgress> next() {
        synchronized (waiting) {
            Optional<ScanInProgress> next = Optional.ofNullable(waiting.poll());
            runners -= next.isEmpty() ? 1 : 0;
            return next;
        }
    }

    private Reply read(Scan scan) {
        long age = states.ages().age();
        try (RegisterWalk walk = states.walk(scan.range(), scan.direction())) {
            ScanReplyBuilder reply = new ScanReplyBuilder(scan);
            while (walk.advance()) {
                KeyState state = walk.state();
                if (!reply.add(walk.key(), state.register(), state.accepted().isPresent())) {
                    return reply.build(false, horizon(age));
                }
            }
            return reply.build(true, horizon(age));
        } catch (StoreException | MalformedException e) {
            return states.rejection(e);
        } catch (RuntimeException | Error e) {
            // A defect of Quorate. The sender still gets a reply, and the runner goes on.
            Defects.report(e);
            return new Rejected(Rejected.RejectionCause.UNREADABLE, "a defect of Quorate: " + e);
        }
    }

    /** @param age read before the registers. What absent keys add is read after them (R4) */
    private Horizon horizon(long age) {
        Ages ages = states.ages();
        return new Horizon(age, ages.age(), ages.highestFloor(), 0);
    }
}
