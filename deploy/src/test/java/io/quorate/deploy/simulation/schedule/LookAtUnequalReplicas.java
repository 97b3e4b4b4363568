package io.quorate.deploy.simulation.schedule;

import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.KEY;
import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.TERMS;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.consensus.Precondition;
import java.util.Optional;

/**
 * Two clients create a key that the first replica has already, by a write whose coordinator is gone. Both are refused.
 * The second one looks. What it sees is on one replica, so it may not be refused before a majority has it.
 */
public final class LookAtUnequalReplicas extends DirectedSchedule {
    private static final Record WRITTEN = new Record(new Version(10, 1, 1, 0), Value.of("written"));

    @Override
    Optional<String> play(long seed) {
        ScriptedReplicas replicas = new ScriptedReplicas(LookAtUnequalReplicas::reply);
        Outcome second = replicas.ask((coordinator, listener) -> {
            coordinator.writeIf(KEY, Value.of("first"), new Precondition.Absent(), TERMS, any -> {});
            coordinator.writeIf(KEY, Value.of("second"), new Precondition.Absent(), TERMS, listener);
        });
        Stage.require(ConditionFailed.class, second);
        long writeBacks = replicas.asked(StoreRequest.class).size();
        return writeBacks == 6
                ? Optional.empty()
                : Optional.of(
                        "I7: two writes were refused on a register that one replica has, by " + writeBacks + " STOREs");
    }

    /** The replicas stay as they are, whatever they are told. */
    private static Optional<Reply> reply(int replica, Request request) {
        Record register = replica == 0 ? WRITTEN : Record.NEVER_WRITTEN;
        if (request instanceof StoreRequest) {
            return Optional.of(new Stored());
        }
        if (request instanceof Accept) {
            return Optional.of(new Accepted());
        }
        return Optional.of(
                request instanceof Query
                        ? new RecordReply(register)
                        : new Promise(register, Optional.empty(), Ballot.ZERO, RequestTrace.NONE, Horizon.NONE));
    }
}
