package io.quorate.deploy.simulation;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Tombstone;
import io.quorate.coordinator.operation.Precondition;
import java.util.Optional;

/** What a client asks for. A scan asks for every key. */
record Call(int process, Kind kind, Key key, Content content, Precondition precondition, long startNs) {
    enum Kind {
        READ,
        SCAN,
        WRITE,
        WRITE_IF
    }

    boolean writes() {
        return kind == Kind.WRITE || kind == Kind.WRITE_IF;
    }

    /** The word for it in a history. */
    String op() {
        String write = content == Tombstone.TOMBSTONE ? "delete" : "put";
        return switch (kind) {
            case READ -> "get";
            case SCAN -> "scan";
            case WRITE -> write;
            case WRITE_IF -> write + "-if";
        };
    }

    /** What must be so, in the words of a history. */
    Optional<String> condition() {
        if (kind != Kind.WRITE_IF) {
            return Optional.empty();
        }
        return Optional.of(
                precondition instanceof Precondition.AnyOf any
                        ? "version " + any.versions().iterator().next()
                        : precondition instanceof Precondition.Absent ? "absent" : "present");
    }
}
