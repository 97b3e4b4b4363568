package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.wire.Message.Accept;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The first two replicas accept a write with an idempotency key under one ballot, so it is chosen. The first replica
 * accepts it under many more ballots, until it has forgotten the first one. A plain write overwrites it. Now no two
 * traces show the same ballot. A retry must not take that for a proof that nothing was chosen.
 */
public final class ForgottenVote extends DirectedSchedule {
    private static final IdempotentRequest REQUEST =
            new IdempotentRequest(new RequestId(1, 1), 5, TimeUnit.DAYS.toMillis(1_000));

    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        Version base = key.write(1, "base");
        Record once = new Record(
                base.nextStep(),
                Value.of("once"),
                REQUEST.request(),
                Optional.of(new Receipt(REQUEST.fingerprint(), false, Long.MAX_VALUE)));
        accept(key, 2, 1, once);
        for (int ballot = 1; ballot <= RequestTrace.VOTES_MAX + 1; ballot++) {
            accept(key, 1, ballot, once);
        }
        key.write(1, "later");
        Outcome again = key.tryToWriteOnce(3, "once", Optional.empty(), REQUEST);
        return again instanceof Applied applied && !applied.version().equals(once.version())
                ? Optional.of("I9: one request was chosen at " + once.version() + " and at " + applied.version())
                : Optional.empty();
    }

    private static void accept(OneKey key, int node, long ballot, Record record) {
        Proposal proposal = new Proposal(new Ballot(ballot, 1, ballot), record);
        key.stage().handle(key.node(node), new Accept(OneKey.KEY, proposal));
    }
}
