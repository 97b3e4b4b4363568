package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.coordinator.operation.function.ContentChange;
import io.quorate.coordinator.operation.function.FunctionVerdict;
import io.quorate.coordinator.operation.function.Replacement;
import java.util.Optional;

/**
 * A write that takes the key's consensus.
 *
 * @param precondition without one, the change is tried on any register
 */
public record RequestedWrite(Key key, ContentChange change, Optional<Precondition> precondition) {
    public RequestedWrite(Key key, Content content, Optional<Precondition> precondition) {
        this(key, new Replacement(content), precondition);
    }

    /** The verdict of the change, or empty if the precondition does not hold on the register. */
    public Optional<FunctionVerdict> on(Record register) {
        return precondition
                        .map(condition -> condition.holds(register.version(), register.isTombstone()))
                        .orElse(true)
                ? Optional.of(change.on(register.content()))
                : Optional.empty();
    }

    /** The content that this write makes of the register, or empty if it has no effect on it. */
    public Optional<Content> contentOn(Record register) {
        return on(register).flatMap(FunctionVerdict::made);
    }
}
