package io.quorate.coordinator.operation;

import io.quorate.common.model.Key;
import java.util.List;
import java.util.Optional;

/**
 * Is told how each operation ended, on the operation's event loop and before its caller is: it must be quick, and must
 * not throw. The outcome's evidence keeps filling with answers that come late; look at it on that event loop only.
 */
public interface OperationObserver {
    /** What an operation was for. */
    enum OperationKind {
        READ,
        WRITE,
        CONDITIONAL_WRITE,
        SCAN,
        /** What replicas hold or remember by themselves, of a key or of a request. */
        SURVEY
    }

    OperationObserver NONE = (kind, key, options, outcome) -> {};

    /** Tells each of them, in this order. */
    static OperationObserver all(List<OperationObserver> observers) {
        OperationObserver[] all = observers.toArray(OperationObserver[]::new);
        return (kind, key, options, outcome) -> {
            for (OperationObserver each : all) {
                each.ended(kind, key, options, outcome);
            }
        };
    }

    /** @param key empty for a scan */
    void ended(OperationKind kind, Optional<Key> key, OperationOptions options, Outcome outcome);
}
