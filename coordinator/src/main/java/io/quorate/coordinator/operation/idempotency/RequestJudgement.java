package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.RequestResult;
import io.quorate.common.model.RequestTrace;
import io.quorate.common.model.Vote;
import io.quorate.common.wire.Message.Promise;
import io.quorate.coordinator.round.Unsettled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What has become of a request with an idempotency key, by what replicas remember of it. Pure: who judges the same
 * traces at the same time says the same.
 *
 * <p>A conclusion of the request is <em>chosen</em> when a majority has voted for it under one ballot, and at most one
 * ever is. Votes that were not may be left behind by any number of attempts. Of these only the conclusion with the
 * highest ballot can be the chosen one: an attempt proposes anew only after a majority, by its promises and its traces,
 * has shown that nothing before was chosen; and whoever finishes what others left behind takes the proposal of the
 * highest ballot voted.
 */
final class RequestJudgement {
    private static final Comparator<Vote> BY_BALLOT = Comparator.comparing(Vote::ballot);

    private final RequestId request;
    private final int replicas;
    private final int majority;
    private final long nowMs;

    /** What a proposer has to do about the request. */
    sealed interface Verdict {
        void match(VerdictCases cases);
    }

    /** One method for each verdict. */
    interface VerdictCases {
        void keyReused();

        void concluded(RequestResult result);

        void unfinished(Record record);

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

    /** This proposal, of this request or another one, may have been chosen. It has to be finished, unchanged. */
    record Unfinished(Record record) implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.unfinished(record);
        }
    }

    /** A client may have this refusal as its answer. A majority has to accept it again. */
    record MayBeRefused(RequestResult refusal) implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.mayBeRefused(refusal);
        }
    }

    /** It may have taken effect or not. Only replicas that have not promised can tell. */
    record Open() implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.open();
        }
    }

    /** Nothing of it was chosen or reported, nor will be under any ballot so far. */
    record Unanswered() implements Verdict {
        @Override
        public void match(VerdictCases cases) {
            cases.unanswered();
        }
    }

    /**
     * @param replicas how many the key has
     * @param nowMs what is not to be remembered for longer is not heeded
     */
    RequestJudgement(RequestId request, int replicas, int majority, long nowMs) {
        this.request = request;
        this.replicas = replicas;
        this.majority = majority;
        this.nowMs = nowMs;
    }

    /**
     * What a proposer is to do whose ballot these replicas have promised.
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
            return new Unfinished(unsettled.get().record());
        }
        return votes(traces)
                .max(BY_BALLOT)
                .map(last -> judge(last, traces, newest))
                .orElseGet(Unanswered::new);
    }

    /** The answer, if the traces of these replicas prove it; nobody need have promised anything. */
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

    /** Under the promised ballot there is nothing to be finished that is newer than the newest register. */
    private Verdict judge(Vote last, List<RequestTrace> traces, Record newest) {
        RequestResult conclusion = last.result();
        if (conclusion.isRefusal()) {
            return new MayBeRefused(conclusion);
        }
        // Had it been chosen, the register would be past it, or it would be there to be finished.
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

    /** The conclusion that a record stands for, if the request made it. */
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
