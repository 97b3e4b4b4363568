package io.quorate.coordinator.operation;

import io.quorate.common.model.Key;
import java.util.List;
import java.util.Optional;

/**
 * Is told how each operation ended, on the operation's event loop and before its caller is: it must be quick, and must
 * not throw. The outcome's evidence keeps filling with answers that come late; look at it on that event loop only.
 */
public interface Observer {
    /** What an operation was for. */
    enum Kind {
        READ,
        WRITE,
        CONDITIONAL_WRITE,
        SCAN,
        /** What replicas hold or remember by themselves, of a key or of a request. */
        SURVEY
    }

    Observer NONE = (kind, key, terms, outcome) -> {};

    /** Tells each of them, in this order. */
    static Observer all(List<Observer> observers) {
        Observer[] all = observers.toArray(Observer[]::new);
        return (kind, key, terms, outcome) -> {
            for (Observer each : all) {
                each.ended(kind, key, terms, outcome);
            }
        };
    }

    /** @param key empty for a scan */
    void ended(Kind kind, Optional<Key> key, Terms terms, Outcome outcome);
}
