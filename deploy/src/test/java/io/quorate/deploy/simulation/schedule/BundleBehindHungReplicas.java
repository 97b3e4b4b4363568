package io.quorate.deploy.simulation.schedule;

import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.KEY;
import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.TERMS;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Stored;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.function.Append;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replicas that take a message of a bundle and never answer it. The function that began the bundle gives up. Another
 * one has waited behind it, and has time left.
 */
public final class BundleBehindHungReplicas extends DirectedSchedule {
    private static final OperationOptions SHORT = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100);
    private static final Append APPEND = new Append(Value.of("x"), 100);

    private final List<String> findings = new ArrayList<>();

    @Override
    Optional<String> play(long seed) {
        findings.clear();
        hangs(Prepare.class);
        hangs(Accept.class);
        return findings.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", findings));
    }

    private void hangs(Class<? extends Request> type) {
        Ballot[] hung = {null};
        Runnable[] second = {() -> {}};
        ScriptedReplicas replicas = new ScriptedReplicas((replica, request) -> {
            if (!type.isInstance(request) || hung[0] != null && !hung[0].equals(ballotOf(request))) {
                return Optional.of(reply(request));
            }
            if (hung[0] == null) {
                hung[0] = ballotOf(request);
                second[0].run(); // it comes while the bundle is under way
            }
            return Optional.empty();
        });
        Outcome outcome = replicas.ask((coordinator, listener) -> {
            second[0] = () -> coordinator.change(KEY, APPEND, TERMS, listener);
            coordinator.change(KEY, APPEND, SHORT, any -> {});
        });
        if (!(outcome instanceof Outcome.Applied)) {
            findings.add("Function: behind a " + type.getSimpleName() + " that hangs, one ends as " + outcome);
        }
    }

    private static Ballot ballotOf(Request request) {
        return request instanceof Prepare prepare
                ? prepare.ballot()
                : ((Accept) request).proposal().ballot();
    }

    private static Reply reply(Request request) {
        if (request instanceof Prepare) {
            return new Promise(
                    Record.NEVER_WRITTEN, Optional.empty(), Ballot.ZERO, RequestTrace.NONE, Horizon.ofAge(1));
        }
        return request instanceof Accept ? new Accepted() : new Stored();
    }
}
