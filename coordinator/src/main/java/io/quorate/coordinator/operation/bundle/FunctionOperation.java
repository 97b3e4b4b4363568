package io.quorate.coordinator.operation.bundle;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Operation;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.function.FunctionReport;
import io.quorate.coordinator.operation.function.RegisterFunction;
import io.quorate.coordinator.round.Round;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One function of a client, as a member of a bundle. It sends nothing itself. It has a deadline and an outcome of its
 * own. At its deadline it leaves the bundle, unless the proposal that may be accepted has it: then the outcome is
 * unknown.
 */
public final class FunctionOperation extends Operation {
    private final OperationContext operationContext;
    private final Key key;
    private final RegisterFunction function;
    private final FunctionTurns turns;
    private boolean isLeaving;

    /** The queue of a function's key, and the bundle that takes it. */
    public interface FunctionTurns {
        void enter(FunctionOperation function);

        /** The function's deadline has passed, or it failed. It may be in the bundle already. */
        void leave(FunctionOperation function);

        /** The outcome of a function that ends before its bundle does. */
        Outcome withoutResult(FunctionOperation function);
    }

    public FunctionOperation(
            OperationContext operationContext,
            OperationOptions options,
            Key key,
            RegisterFunction function,
            FunctionTurns turns,
            Consumer<Outcome> listener) {
        super(operationContext, options, listener);
        this.operationContext = operationContext;
        this.key = key;
        this.function = function;
        this.turns = turns;
    }

    Key key() {
        return key;
    }

    RegisterFunction function() {
        return function;
    }

    /** About how many bytes the content will have that it makes. */
    long expectedBytes() {
        return expectedBytes(function);
    }

    OperationContext operationContext() {
        return operationContext;
    }

    /** Whether it has its outcome, or is about to get one. */
    boolean isOver() {
        return isLeaving || isFinished();
    }

    @Override
    protected long deadlineNs() {
        return super.deadlineNs();
    }

    @Override
    protected void begin() {
        turns.enter(this);
    }

    @Override
    protected Outcome outcomeAtDeadline() {
        return turns.withoutResult(this);
    }

    @Override
    protected void abandon() {
        isLeaving = true;
        turns.leave(this);
    }

    @Override
    protected List<Round> ownRounds() {
        return List.of();
    }

    /** Adds what the bundle has sent and received until now. */
    Evidence with(Evidence ofBundle) {
        ofBundle.rounds().forEach(evidence::add);
        return evidence;
    }

    /**
     * Ends with the verdict on its function.
     *
     * @param version of the record that the bundle made, or of the register if the function met that and was refused
     */
    void end(FunctionReport report, boolean created, Version version, Evidence ofBundle) {
        Evidence all = with(ofBundle);
        finish(report.verdict()
                .match(
                        made -> new Outcome.Applied(version, created, Optional.empty(), Optional.of(report), all),
                        refusal -> new Outcome.ConditionFailed(version, false, Optional.of(report), all)));
    }

    void end(Outcome.Refused refused) {
        finish(new Outcome.Refused(refused.reason(), with(refused.evidence())));
    }

    void end(Outcome.Unknown unknown) {
        finish(new Outcome.Unknown(unknown.overtaken(), with(unknown.evidence())));
    }
}
