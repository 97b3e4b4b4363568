package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.coordinator.api.access.AccessCaller;
import java.util.Optional;

/**
 * An ended request as JSON, which does not change any more: with its key, and without it for callers that may not read
 * the key. A hash of the key would let them test guesses.
 */
record ShownRequest(Optional<Key> key, ObjectNode whole, ObjectNode hidden) {
    ObjectNode to(AccessCaller caller) {
        return key.isEmpty() || caller.mayRead(key.get()) ? whole : hidden;
    }
}
