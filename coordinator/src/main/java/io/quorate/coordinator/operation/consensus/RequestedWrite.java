package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import java.util.Optional;

/**
 * A write that takes the key's consensus.
 *
 * @param precondition without one, the write takes effect on any register
 */
public record RequestedWrite(Key key, Content content, Optional<Precondition> precondition) {
    boolean holdsOn(Record register) {
        return precondition
                .map(condition -> condition.holds(register.version(), register.isTombstone()))
                .orElse(true);
    }
}
