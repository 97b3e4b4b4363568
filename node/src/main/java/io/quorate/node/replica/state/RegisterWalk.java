package io.quorate.node.replica.state;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.view.RecordIterator;
import io.quorate.node.lsm.view.RecordIteratorPair;
import java.util.Comparator;
import java.util.Optional;

/**
 * A walk over the registers of a range and the proposals accepted for them, also for keys that were never stored. For
 * one thread. It may block on the disk.
 */
public final class RegisterWalk implements AutoCloseable {
    private final Comparator<Key> order;
    private final Optional<RecordIterator> acceptors;
    private final RecordIterator registers;
    private Optional<Key> acceptorAt = Optional.empty();
    private Optional<Key> registerAt = Optional.empty();
    private boolean begun;
    private Key key;
    private KeyState state;

    /** @param both the acceptors and the registers, of one moment */
    RegisterWalk(Direction direction, RecordIteratorPair both) {
        this(direction, Optional.of(both.first()), both.second());
    }

    /** There are no acceptors. */
    RegisterWalk(Direction direction, RecordIterator registers) {
        this(direction, Optional.empty(), registers);
    }

    private RegisterWalk(Direction direction, Optional<RecordIterator> acceptors, RecordIterator registers) {
        this.order = direction == Direction.ASCENDING ? Comparator.naturalOrder() : Comparator.reverseOrder();
        this.acceptors = acceptors;
        this.registers = registers;
    }

    /** Goes to the next key that has a register, or only an accepted proposal. */
    public boolean advance() {
        while (advanceToAny()) {
            if (!state.isAbsent() || state.accepted().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Goes to the next key with any entry, also of a forgotten tombstone, or of an acceptor alone. */
    public boolean advanceToAny() {
        if (!begun) {
            begun = true;
            advanceAcceptors();
            advanceRegisters();
        }
        if (acceptorAt.isEmpty() && registerAt.isEmpty()) {
            return false;
        }
        take();
        return true;
    }

    private void take() {
        int ahead = registerAt.isEmpty()
                ? 1
                : acceptorAt.isEmpty() ? -1 : order.compare(registerAt.get(), acceptorAt.get());
        key = ahead <= 0 ? registerAt.orElseThrow() : acceptorAt.orElseThrow();
        Record promise = ahead >= 0 ? acceptors.orElseThrow().record() : Record.NEVER_WRITTEN;
        Record register = ahead <= 0 ? registers.record() : Record.NEVER_WRITTEN;
        state = new KeyState(AcceptorState.of(promise), register);
        if (ahead >= 0) {
            advanceAcceptors();
        }
        if (ahead <= 0) {
            advanceRegisters();
        }
    }

    private void advanceAcceptors() {
        acceptorAt = acceptors.filter(RecordIterator::advance).map(RecordIterator::key);
    }

    private void advanceRegisters() {
        registerAt = registers.advance() ? Optional.of(registers.key()) : Optional.empty();
    }

    public Key key() {
        return key;
    }

    public KeyState state() {
        return state;
    }

    @Override
    public void close() {
        acceptors.ifPresent(RecordIterator::close);
        registers.close();
    }
}
