package io.quorate.node.convergence.antientropy.handler;

import io.quorate.common.codec.MalformedException;
import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.ListedEntry;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.Clock;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.convergence.antientropy.PassFigures;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.replica.state.RegisterWalk;
import java.util.Optional;
import java.util.function.Supplier;

/** How the handlers of a pass read the store, and answer if that fails. */
final class RangeReads {
    private final KeyStates states;
    private final Clock clock;
    private final PassFigures figures;

    RangeReads(KeyStates states, Clock clock, PassFigures figures) {
        this.states = states;
        this.clock = clock;
        this.figures = figures;
    }

    RegisterWalk walk(KeyRange range) {
        return states.walkPastCache(range);
    }

    /** Where the walk is. */
    ListedEntry entry(RegisterWalk walk) {
        KeyState state = walk.state();
        Record register = state.held();
        boolean hasExpired = !register.isTombstone() && register.expiresAtMs() <= clock.wallMs();
        return new ListedEntry(
                walk.key(),
                register.version(),
                register.isTombstone(),
                state.accepted().isPresent(),
                hasExpired,
                register.isForgotten());
    }

    /**
     * The key where the walk is, if it could be forgotten: it is deleted, or has only an acceptor, for long enough. A
     * replica without a floor lists nothing, since a key is listed with its floor. A confirmation needs none.
     */
    Optional<DeletedKey> deleted(RegisterWalk walk) {
        KeyState state = walk.state();
        long floor = states.ages().floorOf(walk.key());
        if (floor == 0 || state.accepted().isPresent() || !state.held().isTombstone()) {
            return Optional.empty();
        }
        boolean isOld = state.acceptor().isIdleSince(floor)
                && (state.isAbsent()
                        ? !state.acceptor().isEmpty()
                        : !state.held().version().isAfter(Version.ofInstant(floor)));
        return Optional.of(new DeletedKey(walk.key(), state.register().version(), floor))
                .filter(key -> isOld);
    }

    /** The number of rounds of forgetting that this replica knows of. To be read before what it is told with. */
    long age() {
        return states.ages().age();
    }

    /** The register as replies show it. */
    Record get(Key key) {
        Record held = states.store().get(key);
        return held.isForgotten() ? Record.NEVER_WRITTEN : held;
    }

    /** Damage ends the right to vote. A defect of Quorate is the answer of this request alone. */
    Reply orRejection(Supplier<Reply> read) {
        try {
            return read.get();
        } catch (CorruptException e) {
            figures.damaged(e);
            return states.rejection(e);
        } catch (StoreException | MalformedException e) {
            return states.rejection(e);
        } catch (RuntimeException | Error e) {
            Defects.report(e);
            return new Rejected(Rejected.RejectionCause.UNREADABLE, "a defect of Quorate: " + e);
        }
    }
}
