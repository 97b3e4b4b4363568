package io.quorate.deploy.simulation.schedule;

import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.KEY;
import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.TERMS;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.consensus.Precondition;
import java.util.Optional;

/**
 * Two clients create a key that is there. When the first is refused, the second looks, and one replica shows a delete
 * that it has accepted. A majority may have accepted that. So the register below it refuses nobody before the delete is
 * finished.
 */
public final class LookBelowAProposal extends DirectedSchedule {
    private static final Record THERE = new Record(new Version(10, 1, 1, 0), Value.of("there"));
    private static final Proposal DELETE = new Proposal(
            new Ballot(20, 1, 1), new Record(THERE.version().nextStep(), Tombstone.TOMBSTONE, new RequestId(1, 1)));

    @Override
    Optional<String> play(long seed) {
        ScriptedReplicas replicas = new ScriptedReplicas(new DeleteUnderWay());
        Outcome second = replicas.ask((coordinator, listener) -> {
            coordinator.writeIf(KEY, Value.of("first"), new Precondition.Absent(), TERMS, any -> {});
            coordinator.writeIf(KEY, Value.of("second"), new Precondition.Absent(), TERMS, listener);
        });
        return second instanceof Applied
                ? Optional.empty()
                : Optional.of("I8: a key may be deleted, and a creation ends as " + second);
    }

    /** The delete comes after the first PREPARE. What is accepted from then on is the register of all. */
    private static final class DeleteUnderWay implements ScriptedReplicas.Script {
        private Record register = THERE;
        private int prepares;

        @Override
        public Optional<Reply> reply(int replica, Request request) {
            if (request instanceof StoreRequest) {
                return Optional.of(new Stored());
            }
            if (request instanceof Accept accept) {
                register = accept.proposal().record();
                return Optional.of(new Accepted());
            }
            prepares += request instanceof Prepare ? 1 : 0;
            boolean isUnderWay = replica == 0 && register == THERE && (request instanceof Query || prepares > 3);
            Optional<Proposal> accepted = isUnderWay ? Optional.of(DELETE) : Optional.empty();
            Ballot voted = accepted.map(Proposal::ballot).orElse(Ballot.ZERO);
            return Optional.of(
                    request instanceof Query
                            ? new RecordReply(register, accepted)
                            : new Promise(register, accepted, voted, RequestTrace.NONE, Horizon.NONE));
        }
    }
}
