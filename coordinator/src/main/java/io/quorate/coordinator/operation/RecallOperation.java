package io.quorate.coordinator.operation;

import io.quorate.common.model.Conclusion;
import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.RequestTrace;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells what has become of a request, as far as a majority remembers it. Finishes nothing: that is for the retry. */
final class RecallOperation extends Operation implements RecallRound.Listener {
    private final Key key;
    private final RequestId request;
    private RecallRound round;

    RecallOperation(Assignment assignment, Key key, Terms terms, RequestId request, Consumer<Outcome> listener) {
        super(assignment, terms, listener);
        this.key = key;
        this.request = request;
    }

    @Override
    void begin() {
        round = new RecallRound(surroundings, replicas, majority, key, request, this);
        evidence.add(round);
        round.start();
    }

    @Override
    public void recalled(RecallRound recalled) {
        RequestJudgement judgement = new RequestJudgement(
                request, replicas.size(), majority, surroundings.time().nowMs());
        List<RequestTrace> traces = recalled.traces();
        Optional<Conclusion> conclusion = judgement.concluded(traces);
        finish(new Outcome.Recalled(judgement.isKnown(traces), conclusion, evidence));
    }

    @Override
    public void recallMissed(RecallRound missed) {
        finish(refused(missed));
    }

    @Override
    Outcome outcomeAtDeadline() {
        return noQuorum();
    }

    @Override
    void abandon() {
        round.abandon();
    }
}
