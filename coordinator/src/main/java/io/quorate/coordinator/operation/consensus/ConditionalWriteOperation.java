package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Content;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.VersionMint;
import java.util.Optional;
import java.util.function.Consumer;

/** Compare-and-set: puts a content in the place of a register that fulfils a precondition. */
public final class ConditionalWriteOperation extends UnnamedWriteOperation {
    private final RequestedWrite write;

    /** @param write has a precondition */
    public ConditionalWriteOperation(
            OperationContext operationContext,
            OperationOptions options,
            RequestedWrite write,
            VersionMint versions,
            ProposerQueues queues,
            Consumer<Outcome> listener) {
        super(operationContext, options, write.key(), versions, queues, listener);
        this.write = write;
    }

    @Override
    protected long expectedBytes() {
        return expectedBytes(write.change());
    }

    /** Those before it have probably changed what its precondition is about. */
    @Override
    protected void beginAfterOthers() {
        lookAndPrepare();
    }

    @Override
    protected boolean isRefusedOn(Version version, boolean absent) {
        return !write.precondition().orElseThrow().holds(version, absent);
    }

    @Override
    protected Optional<Content> contentOn(Record register) {
        return write.contentOn(register);
    }
}
