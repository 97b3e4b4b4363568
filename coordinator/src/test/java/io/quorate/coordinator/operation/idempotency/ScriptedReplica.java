package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.HealthyReplica;
import java.util.ArrayDeque;
import java.util.Deque;

/** A replica that answers when, and what, a test says. */
final class ScriptedReplica extends HealthyReplica {
    private final Deque<Asked> asked = new ArrayDeque<>();

    private record Asked(Request request, int index, Answers answers) {}

    ScriptedReplica(String name) {
        super(new NodeId(name));
    }

    /** The oldest request without an answer, which has to be of this kind. */
    <T extends Request> T next(Class<T> kind) {
        return kind.cast(asked.element().request());
    }

    void reply(Reply reply) {
        Asked oldest = asked.remove();
        oldest.answers().replied(oldest.index(), reply);
    }

    /** The connection breaks after the request left. */
    void lose() {
        Asked oldest = asked.remove();
        oldest.answers().failed(oldest.index(), Failure.LOST);
    }

    @Override
    public void ask(Request request, long patienceMs, int index, Answers answers) {
        asked.add(new Asked(request, index, answers));
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public long usualDelayMs() {
        return 5;
    }
}
