package io.quorate.coordinator.console;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.Suffrage;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.Replica;

/** A replica that nobody reaches. */
record AbsentReplica(NodeId id) implements Replica {
    @Override
    public Reachability reachability() {
        return Reachability.DOWN;
    }

    @Override
    public Suffrage suffrage() {
        return Suffrage.VOTER;
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public long usualDelayMs() {
        return 1;
    }

    @Override
    public Vitals vitals() {
        return new Vitals(0, 0, "it never was");
    }

    @Override
    public void ask(Request request, int index, Answers answers) {
        throw new AssertionError("asked, though it is down");
    }
}
