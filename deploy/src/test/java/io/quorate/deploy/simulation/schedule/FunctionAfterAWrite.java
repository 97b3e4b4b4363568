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
import io.quorate.coordinator.operation.function.Append;
import java.util.Optional;

/**
 * The promises to a bundle take long. They show no write. Meanwhile a plain write ends, and then another function
 * begins at the same coordinator. It must not be judged on those promises, since it would miss the write.
 */
public final class FunctionAfterAWrite extends DirectedSchedule {
    private static final Append APPEND = new Append(Value.of("x"), 100);

    @Override
    Optional<String> play(long seed) {
        Version[] written = {null};
        Outcome outcome = new ScriptedReplicas(new OneRegister()).ask((coordinator, listener) -> {
            coordinator.change(KEY, APPEND, TERMS, any -> {});
            coordinator.write(KEY, Value.of("written"), TERMS, end -> {
                written[0] = Stage.require(Applied.class, end).version();
                coordinator.change(KEY, APPEND, TERMS, listener);
            });
        });
        Version changed = Stage.require(Applied.class, outcome).version();
        return changed.isAfter(written[0])
                ? Optional.empty()
                : Optional.of(
                        "I8: a function made " + changed + ", and began after a write had ended at " + written[0]);
    }

    /** All replicas have the same register. They judge a PREPARE at once, and their promises are under way for long. */
    private static final class OneRegister implements ScriptedReplicas.Script {
        private Record register = Record.NEVER_WRITTEN;

        @Override
        public long delayMs(int replica, Request request) {
            return request instanceof Prepare ? 50 : 1;
        }

        @Override
        public Optional<Reply> reply(int replica, Request request) {
            if (request instanceof StoreRequest store) {
                keepIfNewer(store.record());
                return Optional.of(new Stored());
            }
            if (request instanceof Accept accept) {
                keepIfNewer(accept.proposal().record());
                return Optional.of(new Accepted());
            }
            return Optional.of(
                    request instanceof Query
                            ? new RecordReply(register)
                            : new Promise(register, Optional.empty(), Ballot.ZERO, RequestTrace.NONE, Horizon.NONE));
        }

        private void keepIfNewer(Record record) {
            if (record.isNewerThan(register)) {
                register = record;
            }
        }
    }
}
