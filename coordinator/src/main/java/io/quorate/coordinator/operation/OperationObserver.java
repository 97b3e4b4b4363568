package io.quorate.coordinator.operation;

import io.quorate.common.model.Key;
import io.quorate.common.thread.Defects;
import java.util.List;
import java.util.Optional;

/**
 * Receives the outcome of each operation, on the operation's event loop and before the caller. It must be quick. One
 * that throws keeps the outcome neither from the other observers nor from the caller. Late answers still arrive in the
 * outcome's evidence, so read the evidence on that event loop only.
 */
public interface OperationObserver {
    /** The purpose of an operation. */
    enum OperationKind {
        READ,
        WRITE,
        CONDITIONAL_WRITE,
        SCAN,
        /** Shows each replica's own copy of a key, or its own trace of a request. */
        SURVEY
    }

    OperationObserver NONE = (kind, key, options, outcome) -> {};

    /** Notifies each of them, in this order. */
    static OperationObserver all(List<OperationObserver> observers) {
        OperationObserver[] all = observers.toArray(OperationObserver[]::new);
        return (kind, key, options, outcome) -> {
            for (OperationObserver each : all) {
                Defects.contain(() -> each.ended(kind, key, options, outcome));
            }
        };
    }

    /** @param key empty for a scan */
    void ended(OperationKind kind, Optional<Key> key, OperationOptions options, Outcome outcome);
}
