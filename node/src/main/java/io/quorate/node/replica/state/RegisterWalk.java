package io.quorate.node.replica.state;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.view.RecordIterator;
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

    /** @param acceptors opened before {@code registers}, see {@link KeyStates}, or empty if there are none */
    RegisterWalk(Direction direction, Optional<RecordIterator> acceptors, RecordIterator registers) {
        this.order = direction == Direction.ASCENDING ? Comparator.naturalOrder() : Comparator.reverseOrder();
        this.acceptors = acceptors;
        this.registers = registers;
    }

    /** Goes to the next key that has a register, or only an accepted proposal. */
    public boolean advance() {
        if (!begun) {
            begun = true;
            advanceAcceptors();
            advanceRegisters();
        }
        while (acceptorAt.isPresent() || registerAt.isPresent()) {
            boolean wasWritten = take();
            if (wasWritten || state.accepted().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Takes the next key. Returns false if only an acceptor has it. */
    private boolean take() {
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
        return ahead <= 0;
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
