package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.model.request.Vote;
import io.quorate.common.wire.Message.Promise;
import io.quorate.coordinator.round.Unsettled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Judges the state of a request with an idempotency key from the traces that replicas remember. It is pure: the same
 * traces at the same time give the same verdict.
 *
 * <p>A result of the request is <em>chosen</em> when a majority has voted for it under one ballot. At most one result
 * is ever chosen. Attempts that failed may leave votes behind for results that were not chosen. Only the result with
 * the highest ballot can be the chosen one, for two reasons. An attempt makes a new proposal only after a majority has
 * shown, by its promises and traces, that none was chosen before. An attempt that finishes an older proposal takes the
 * one with the highest ballot voted.
 */
final class RequestJudgement {
    private static final Comparator<Vote> BY_BALLOT = Comparator.comparing(Vote::ballot);

    private final RequestId request;
    private final int replicas;
    private final int majority;
    private final long nowMs;

    /** The next step of a proposer for this request. */
    sealed interface Verdict {
        void match(VerdictCases cases);
    }

    /** One method for each verdict. */
    interface VerdictCases {
        void keyReused();

        void concluded(RequestResult result);

        void unfinished(Record record);

        void unfinishedOwn(Record record);

        void mayBeRefused(RequestResult refusal);

        void open();

        void unanswered();
    }

    /** The id was used for another request. */
    record KeyReused() implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.keyReused();
        }
    }

    /** This is the result, for good. */
    record Concluded(RequestResult result) implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.concluded(result);
        }
    }

    /** This proposal of another request may have been chosen. It has to be finished, unchanged, and is no answer. */
    record Unfinished(Record record) implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.unfinished(record);
        }
    }

    /** This proposal of this request may have been chosen. It has to be finished, unchanged, and is then the answer. */
    record UnfinishedOwn(Record record) implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.unfinishedOwn(record);
        }
    }

    /** A client may have this refusal as its answer. A majority has to accept it again. */
    record MayBeRefused(RequestResult refusal) implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.mayBeRefused(refusal);
        }
    }

    /** It may have taken effect or not. Only the replicas that have not promised know. */
    record Open() implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.open();
        }
    }

    /** No result was chosen or reported, and none will be under any ballot so far. */
    record Unanswered() implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.unanswered();
        }
    }

    /**
     * @param replicas how many the key has
     * @param nowMs results whose retention ended before this time are ignored
     */
    RequestJudgement(RequestId request, int replicas, int majority, long nowMs) {
        this.request = request;
        this.replicas = replicas;
        this.majority = majority;
        this.nowMs = nowMs;
    }

    /**
     * The next step of a proposer after these replicas have promised its ballot.
     *
     * @param promises of a majority at least
     */
    Verdict judge(List<Promise> promises, long fingerprint) {
        List<RequestTrace> traces = promises.stream().map(Promise::trace).toList();
        Record newest = promises.stream().map(Promise::record).reduce(Record.NEVER_WRITTEN, Record::newest);
        Optional<Proposal> unsettled = Unsettled.among(promises);
        if (conclusions(traces, newest, unsettled)
                .anyMatch(each -> each.receipt().fingerprint() != fingerprint)) {
            return new KeyReused();
        }
        Optional<RequestResult> known = concluded(traces).or(() -> made(newest));
        if (known.isPresent()) {
            return new Concluded(known.get());
        }
        if (unsettled.isPresent()) {
            Record record = unsettled.get().record();
            return made(record).isPresent() ? new UnfinishedOwn(record) : new Unfinished(record);
        }
        return votes(traces)
                .max(BY_BALLOT)
                .map(last -> judge(last, traces, Promise.base(promises)))
                .orElseGet(Unanswered::new);
    }

    /** The answer, if the traces of these replicas prove it. No promise is necessary. */
    Optional<RequestResult> concluded(List<RequestTrace> traces) {
        return remembered(traces.stream().flatMap(trace -> trace.stored().stream()))
                .findFirst()
                .or(() -> votes(traces)
                        .filter(vote -> votersUnder(vote.ballot(), traces) >= majority)
                        .map(Vote::result)
                        .findFirst());
    }

    /** Whether these replicas remember anything of the request. */
    boolean isKnown(List<RequestTrace> traces) {
        return concluded(traces).isPresent() || votes(traces).findAny().isPresent();
    }

    /**
     * Called when no accepted proposal under the promised ballot is newer than the newest register.
     *
     * @param newest the newest register. Of an absent key, a tombstone at its floor: what was chosen below it may have
     *     been deleted and forgotten (C5)
     */
    private Verdict judge(Vote last, List<RequestTrace> traces, Record newest) {
        RequestResult conclusion = last.result();
        if (conclusion.isRefusal()) {
            return new MayBeRefused(conclusion);
        }
        // A chosen result would be below the newest register, or among the proposals to finish.
        boolean isOvertaken = newest.version().isAfter(conclusion.version());
        boolean mayBeChosen = isOvertaken && mayBeChosen(conclusion, traces);
        return mayBeChosen ? new Open() : new Unanswered();
    }

    /** Whether those that have not promised could make up a majority with those that voted. */
    private boolean mayBeChosen(RequestResult conclusion, List<RequestTrace> traces) {
        int silent = replicas - traces.size();
        boolean complete = traces.stream().allMatch(RequestTrace::complete);
        return !complete
                || votes(traces)
                        .filter(vote -> vote.result().equals(conclusion))
                        .anyMatch(vote -> votersUnder(vote.ballot(), traces) + silent >= majority);
    }

    private int votersUnder(Ballot ballot, List<RequestTrace> traces) {
        return (int) traces.stream()
                .filter(trace ->
                        trace.votes().stream().anyMatch(vote -> vote.ballot().equals(ballot)))
                .count();
    }

    private Stream<RequestResult> conclusions(List<RequestTrace> traces, Record newest, Optional<Proposal> unsettled) {
        List<RequestResult> all = new ArrayList<>();
        traces.forEach(trace -> {
            trace.stored().ifPresent(all::add);
            trace.votes().forEach(vote -> all.add(vote.result()));
        });
        made(newest).ifPresent(all::add);
        unsettled.flatMap(proposal -> made(proposal.record())).ifPresent(all::add);
        return remembered(all.stream());
    }

    /** The result that a record represents, if the request made it. */
    private Optional<RequestResult> made(Record record) {
        return Optional.of(record)
                .filter(each -> each.request().equals(request) && each.receipt().isPresent())
                .map(RequestResult::of)
                .filter(isRemembered());
    }

    private Stream<Vote> votes(List<RequestTrace> traces) {
        return traces.stream().flatMap(trace -> trace.votes().stream()).filter(vote -> isRemembered()
                .test(vote.result()));
    }

    private Stream<RequestResult> remembered(Stream<RequestResult> conclusions) {
        return conclusions.filter(isRemembered());
    }

    private Predicate<RequestResult> isRemembered() {
        return conclusion -> conclusion.receipt().rememberedUntilMs() > nowMs;
    }
}
