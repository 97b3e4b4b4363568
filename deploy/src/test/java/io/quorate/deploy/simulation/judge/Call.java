package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Tombstone;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.consensus.Precondition;
import java.util.Optional;

/** What a client asks for. A scan asks for every key. */
public record Call(
        int process,
        Kind kind,
        Key key,
        Content content,
        Precondition precondition,
        ConsistencyLevel level,
        long startNs) {
    public enum Kind {
        READ,
        SCAN,
        WRITE,
        WRITE_IF,
        /** With an idempotency key. */
        WRITE_ONCE,
        WRITE_IF_ONCE
    }

    /** The same, asked for at another time. */
    public Call at(long newStartNs) {
        return new Call(process, kind, key, content, precondition, level, newStartNs);
    }

    public boolean writes() {
        return kind != Kind.READ && kind != Kind.SCAN;
    }

    /** Whether its level promises that the register is atomic. */
    public boolean isAtomic() {
        return level == ConsistencyLevel.LINEARIZABLE || level == ConsistencyLevel.ALL;
    }

    public boolean isConditional() {
        return kind == Kind.WRITE_IF || kind == Kind.WRITE_IF_ONCE;
    }

    public boolean isRepeatable() {
        return kind == Kind.WRITE_ONCE || kind == Kind.WRITE_IF_ONCE;
    }

    /** The word for it in a history. */
    public String op() {
        String write = content == Tombstone.TOMBSTONE ? "delete" : "put";
        return switch (kind) {
            case READ -> "get";
            case SCAN -> "scan";
            case WRITE, WRITE_ONCE -> write;
            case WRITE_IF, WRITE_IF_ONCE -> write + "-if";
        };
    }

    /** What must be so, in the words of a history. */
    Optional<String> condition() {
        if (!isConditional()) {
            return Optional.empty();
        }
        return Optional.of(
                precondition instanceof Precondition.AnyOf any
                        ? "version " + any.versions().iterator().next()
                        : precondition instanceof Precondition.Absent ? "absent" : "present");
    }
}
