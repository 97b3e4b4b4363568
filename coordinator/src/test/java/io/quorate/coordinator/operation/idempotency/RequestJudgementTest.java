package io.quorate.coordinator.operation.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.model.request.Vote;
import io.quorate.common.wire.Message.Promise;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Concluded;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.KeyReused;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.MayBeRefused;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Open;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Unanswered;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Unfinished;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.UnfinishedOwn;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The next step of a proposer for a request, from the promises of a majority of three. The base has version 10, and the
 * time is 1,000.
 */
class RequestJudgementTest {
    private static final long NOW_MS = 1_000;
    private static final long FINGERPRINT = 77;
    private static final RequestId REQUEST = new RequestId(1, 1);
    private static final Record BASE = plain(10);
    private static final Record OURS = made(10, REQUEST, FINGERPRINT, 2_000);
    private static final Record THEIRS = made(10, new RequestId(2, 2), 5, 2_000);
    private static final Record LATER = plain(20);
    private static final RequestResult DONE = RequestResult.of(OURS);
    private static final RequestResult REFUSED =
            RequestResult.refused(BASE.version(), new Receipt(FINGERPRINT, false, 2_000));

    private static Record plain(long timestamp) {
        return new Record(new Version(timestamp, 0, 0, 0), Value.of("plain"));
    }

    private static Record made(long base, RequestId request, long fingerprint, long untilMs) {
        return new Record(
                plain(base).version().nextStep(),
                Value.of("made"),
                request,
                Optional.of(new Receipt(fingerprint, true, untilMs)));
    }

    /** A replica that holds a register, and voted for our request or not. */
    private static Promise shows(Record register, Vote... votes) {
        Ballot last = votes.length == 0 ? Ballot.ZERO : votes[votes.length - 1].ballot();
        return new Promise(register, Optional.empty(), last, new RequestTrace(Optional.empty(), List.of(votes), true));
    }

    private static Promise accepted(Record register, long ballot, Record proposal) {
        Vote vote = new Vote(ballot(ballot), RequestResult.of(proposal));
        boolean isOurs = proposal.request().equals(REQUEST);
        return new Promise(
                register,
                Optional.of(new Proposal(ballot(ballot), proposal)),
                ballot(ballot),
                isOurs ? RequestTrace.NONE.with(vote) : RequestTrace.NONE);
    }

    private static Promise stored(Record register, Record record) {
        return new Promise(register, Optional.empty(), ballot(1), RequestTrace.NONE.stored(RequestResult.of(record)));
    }

    private static Promise forgetful(Record register, Vote vote) {
        return new Promise(
                register, Optional.empty(), vote.ballot(), new RequestTrace(Optional.empty(), List.of(vote), false));
    }

    private static Vote done(long ballot) {
        return new Vote(ballot(ballot), DONE);
    }

    private static Vote refused(long ballot) {
        return new Vote(ballot(ballot), REFUSED);
    }

    private static Ballot ballot(long number) {
        return new Ballot(number, 0, 0);
    }

    private static Arguments row(String name, Verdict verdict, Promise... promises) {
        return Arguments.of(name, verdict, List.of(promises));
    }

    static Stream<Arguments> rows() {
        Verdict unanswered = new Unanswered();
        Verdict concluded = new Concluded(DONE);
        Verdict open = new Open();
        Record forgotten = made(10, REQUEST, FINGERPRINT, NOW_MS);
        Record otherBody = made(10, REQUEST, FINGERPRINT + 1, 2_000);
        return Stream.of(
                row("nobody knows it", unanswered, shows(BASE), shows(BASE)),
                row("another body was stored", new KeyReused(), stored(LATER, otherBody), shows(BASE)),
                row("another body was only accepted", new KeyReused(), accepted(BASE, 1, otherBody), shows(BASE)),
                row("another body, but forgotten", unanswered, stored(LATER, made(10, REQUEST, 6, 999)), shows(BASE)),
                row("stored once, and overtaken", concluded, stored(LATER, OURS), shows(LATER)),
                row("stored, and over its time", unanswered, stored(LATER, forgotten), shows(LATER)),
                row("it is the register", concluded, shows(OURS), shows(BASE)),
                row("accepted by a majority", concluded, accepted(BASE, 1, OURS), accepted(BASE, 1, OURS)),
                row("accepted by one", new UnfinishedOwn(OURS), accepted(BASE, 1, OURS), shows(BASE)),
                row(
                        "accepted by one, and over its time: it is another's",
                        new Unfinished(forgotten),
                        accepted(BASE, 1, forgotten),
                        shows(BASE)),
                row(
                        "another's is to be finished first",
                        new Unfinished(THEIRS),
                        accepted(BASE, 2, THEIRS),
                        shows(BASE)),
                row(
                        "a vote of a later ballot shows that ours was not chosen",
                        unanswered,
                        accepted(BASE, 1, OURS),
                        new Promise(BASE, Optional.empty(), ballot(2), RequestTrace.NONE)),
                row("another was chosen on the same base", unanswered, shows(BASE, done(1)), shows(THEIRS)),
                row("overtaken, and voted for by a majority", concluded, shows(LATER, done(1)), shows(LATER, done(1))),
                row("overtaken, and voted for by one of two", open, shows(LATER, done(1)), shows(LATER)),
                row("by two, under two ballots", open, shows(LATER, done(1)), shows(LATER, done(2))),
                row(
                        "by one of three: all have promised",
                        unanswered,
                        shows(LATER, done(1)),
                        shows(LATER),
                        shows(LATER)),
                row("by one of three, which forgot some", open, forgetful(LATER, done(5)), shows(LATER), shows(LATER)),
                row(
                        "by two of three, under two ballots",
                        unanswered,
                        shows(LATER, done(1)),
                        shows(LATER, done(2)),
                        shows(LATER)),
                row(
                        "a refusal is concluded on a majority",
                        new Concluded(REFUSED),
                        shows(LATER, refused(1)),
                        shows(LATER, refused(1))),
                row("a refusal by one", new MayBeRefused(REFUSED), shows(LATER, refused(1)), shows(LATER)),
                row(
                        "a refusal after a proposal",
                        new MayBeRefused(REFUSED),
                        shows(LATER, done(1), refused(2)),
                        shows(LATER)),
                row("a proposal after a refusal", open, shows(LATER, refused(1), done(2)), shows(LATER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isJudged(String name, Verdict verdict, List<Promise> promises) {
        RequestJudgement judgement = new RequestJudgement(REQUEST, 3, 2, NOW_MS);
        assertEquals(verdict, judgement.judge(promises, FINGERPRINT));
    }
}
