package io.quorate.deploy.simulation.schedule;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ForgettingDone;
import io.quorate.common.wire.Message.ForgettingNumbers;
import io.quorate.common.wire.Message.ForgettingQuery;
import io.quorate.common.wire.Message.PassEnd;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A stranger sends requests with numbers that no honest process sends, to a replica that holds a value. Each request is
 * refused. Then honest processes read, write, vote and forget as before.
 */
public final class ForgedRequests extends DirectedSchedule {
    private static final String RULE = "Impossible numbers: ";
    private static final Key KEY = Key.of("k");
    private static final int FORGED = 200;
    private static final long HUGE = 1L << 62;
    private static final Record HELD = new Record(new Version(10, 1, 1, 0), Value.of("held"));

    private final List<String> findings = new ArrayList<>();

    @Override
    Optional<String> play(long seed) {
        findings.clear();
        Random random = new Random(seed);
        LoneReplica replica = new LoneReplica();
        replica.handle(new StoreRequest(KEY, HELD));
        for (int i = 0; i < FORGED && findings.isEmpty(); i++) {
            Request forged = forged(random);
            Reply reply = replica.handle(forged);
            boolean isRefused =
                    reply instanceof Rejected rejected && rejected.cause() == RejectionCause.IMPOSSIBLE_NUMBER;
            require(isRefused, forged + " is answered " + reply);
        }
        requireHonestLife(replica);
        return findings.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", findings));
    }

    private void require(boolean holds, String finding) {
        if (!holds) {
            findings.add(RULE + finding);
        }
    }

    private static Request forged(Random random) {
        long number = impossible(random);
        Version early = new Version(20, 1, 2, 0);
        Ballot ballot = new Ballot(30, 1, 1);
        return switch (random.nextInt(12)) {
            case 0 -> new StoreRequest(KEY, new Record(new Version(number, 1, 1, 0), Value.of("forged")));
            case 1 -> new StoreRequest(KEY, new Record(new Version(20, 1, 2, number), Value.of("forged")));
            case 2 -> StoreRequest.repair(KEY, new Record(early, Value.of("forged")), number);
            case 3 -> new Prepare(KEY, new Ballot(number, 1, 1));
            case 4 ->
                new Accept(KEY, new Proposal(new Ballot(number, 1, 1), new Record(early, Value.of("f"), request())));
            case 5 ->
                new Accept(
                        KEY, new Proposal(ballot, new Record(new Version(number, 1, 1, 1), Value.of("f"), request())));
            case 6 -> new Query(KEY, true, Query.Purpose.READ, number);
            case 7 -> new RaiseFence(random.nextBoolean() ? number : soon(random), 0);
            case 8 -> new RaiseFence(0, number);
            case 9 -> new Forget(number, Ballot.ZERO, List.of(new DeletedKey(KEY, Version.ZERO, 0)));
            case 10 -> new Forget(1, new Ballot(number, 1, 1), List.of(new DeletedKey(KEY, Version.ZERO, 0)));
            default -> new PassEnd(PassProgress.begin(number, 1, 0).complete(SlotSet.NONE));
        };
    }

    private static RequestId request() {
        return new RequestId(1, 1);
    }

    private static long impossible(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> -1;
            case 3 -> HUGE + random.nextInt();
            default -> random.nextLong() | Long.MIN_VALUE;
        };
    }

    /** Ahead of all clocks by one to 100 days: possible for a version, and not for a fence. */
    private static long soon(Random random) {
        return HybridClock.timestampOf(SystemClock.INSTANCE.wallMs() + 86_400_000L * (1 + random.nextInt(100)));
    }

    private void requireHonestLife(LoneReplica replica) {
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        RecordReply shown = (RecordReply) replica.handle(new Query(KEY, true, Query.Purpose.PUT));
        require(shown.record().equals(HELD), "a key that a stranger wrote to shows " + shown);
        Reply withoutQuery = replica.handle(new StoreRequest(Key.of("one"), written(clock)));
        require(withoutQuery instanceof Stored, "a writer whose clock is right is answered " + withoutQuery);
        Reply stored = replica.handle(new StoreRequest(KEY, written(clock)));
        require(stored instanceof Stored, "the next write is answered " + stored);
        Ballot ballot = new Ballot(clock.next(0, Long.MAX_VALUE), 2, 2);
        Reply promise = replica.handle(new Prepare(KEY, ballot));
        require(promise instanceof Promise, "the next ballot is answered " + promise);
        Record next = new Record(new Version(clock.next(0, Long.MAX_VALUE), 2, 3, 1), Value.of("n"), request());
        Reply accepted = replica.handle(new Accept(KEY, new Proposal(ballot, next)));
        require(accepted instanceof Accepted, "the next proposal is answered " + accepted);
        requireForgetting(replica);
    }

    private static Record written(HybridClock clock) {
        return new Record(new Version(clock.next(0, Long.MAX_VALUE), 2, 1, 0), Value.of("honest"));
    }

    private void requireForgetting(LoneReplica replica) {
        ForgettingNumbers numbers = (ForgettingNumbers) replica.handle(new ForgettingQuery());
        require(numbers.age() == 0 && numbers.fence() == 0, "a stranger raised " + numbers);
        Reply done = replica.handle(
                new Forget(numbers.age() + 1, Ballot.ZERO, List.of(new DeletedKey(Key.of("gone"), Version.ZERO, 0))));
        require(done instanceof ForgettingDone, "the next round of forgetting is answered " + done);
    }
}
