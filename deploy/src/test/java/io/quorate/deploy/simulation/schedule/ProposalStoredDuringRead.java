package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.StoreRequest;
import java.util.Optional;

/**
 * A replica has accepted a proposal that is chosen. A query has to read its state from the disk, and waits there. In
 * the meantime the proposal is stored, and a vote for a refusal takes its place in the acceptor. The query must show
 * the chosen record: as the proposal, or in the register.
 */
public final class ProposalStoredDuringRead extends DirectedSchedule {
    private static final Key KEY = Key.of("k");
    private static final Record BASE = new Record(new Version(10, 1, 1, 0), Value.of("base"));
    private static final Record CHOSEN = new Record(BASE.version().nextStep(), Value.of("chosen"), new RequestId(1, 1));

    @Override
    Optional<String> play(long seed) {
        LoneReplica replica = new LoneReplica();
        replica.handle(new StoreRequest(KEY, BASE));
        replica.handle(new Accept(KEY, new Proposal(new Ballot(1, 1, 1), CHOSEN)));
        replica.forceOutOfMemory();
        RecordReply shown = (RecordReply) replica.during(new Query(KEY, true), () -> replaceTheProposal(replica));
        boolean isMissed = shown.record().equals(BASE) && shown.accepted().isEmpty();
        return Optional.of("I8: a replica accepted " + CHOSEN + " and then shows " + shown)
                .filter(missed -> isMissed);
    }

    private static void replaceTheProposal(LoneReplica replica) {
        replica.handle(new StoreRequest(KEY, CHOSEN));
        RequestResult refused = RequestResult.refused(CHOSEN.version(), new Receipt(5, false, Long.MAX_VALUE));
        replica.handle(new AcceptRefusal(KEY, new Ballot(2, 1, 1), new RequestId(2, 2), refused, CHOSEN));
    }
}
