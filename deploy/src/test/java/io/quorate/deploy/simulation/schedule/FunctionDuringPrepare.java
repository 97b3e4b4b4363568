package io.quorate.deploy.simulation.schedule;

import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.KEY;
import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.TERMS;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.function.Append;
import java.util.Optional;

/**
 * The replies to the PREPARE of a bundle take long. Meanwhile a plain write ends, and then another function begins at
 * the same coordinator. What those replies say is older than this function, and must not decide it.
 */
public final class FunctionDuringPrepare extends DirectedSchedule {
    private static final Append APPEND = new Append(Value.of("x"), 100);

    @Override
    Optional<String> play(long seed) {
        Version[] written = {null};
        Outcome afterPromises = lateFunction(new SlowPromises(), written);
        Version changed = Stage.require(Applied.class, afterPromises).version();
        if (!changed.isAfter(written[0])) {
            return Optional.of(
                    "I8: a function made " + changed + ", and began after a write had ended at " + written[0]);
        }
        Outcome afterRejections = lateFunction(new OverloadedAtFirst(), written);
        return afterRejections instanceof Applied
                ? Optional.empty()
                : Optional.of("Function: one that came after a PREPARE failed with it: " + afterRejections);
    }

    /** The outcome of the function that begins when the write has ended. */
    private static Outcome lateFunction(OneRegister replicas, Version[] written) {
        return new ScriptedReplicas(replicas).ask((coordinator, listener) -> {
            coordinator.change(KEY, APPEND, TERMS, any -> {});
            coordinator.write(KEY, Value.of("written"), TERMS, end -> {
                written[0] = Stage.require(Applied.class, end).version();
                coordinator.change(KEY, APPEND, TERMS, listener);
            });
        });
    }

    /** All replicas have the same register. They judge a PREPARE at once, and their replies are under way for long. */
    private static class SlowPromises extends OneRegister {
        @Override
        boolean isSlow(Request request) {
            return request instanceof Prepare;
        }
    }

    /** The replicas reject the first PREPARE. */
    private static final class OverloadedAtFirst extends SlowPromises {
        private Ballot rejected;

        @Override
        public Optional<Reply> reply(int replica, Request request) {
            if (!(request instanceof Prepare prepare)) {
                return super.reply(replica, request);
            }
            rejected = rejected == null ? prepare.ballot() : rejected;
            return prepare.ballot().equals(rejected)
                    ? Optional.of(new Rejected(Rejected.RejectionCause.OVERLOADED, "too much"))
                    : super.reply(replica, request);
        }
    }
}
