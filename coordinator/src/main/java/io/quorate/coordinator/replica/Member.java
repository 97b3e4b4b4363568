package io.quorate.coordinator.replica;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.Suffrage;
import io.quorate.common.wire.Message.Condition;
import io.quorate.coordinator.replica.Replica.Reachability;
import io.quorate.coordinator.replica.Replica.Vitals;
import java.util.Optional;

/** One member of the cluster: how this process reaches it, and what it says of itself if it answered. */
public record Member(
        NodeId id,
        boolean local,
        Reachability reachability,
        Suffrage suffrage,
        Vitals vitals,
        Optional<Condition> condition) {
    public static Member of(Replica replica, Optional<Condition> condition) {
        return new Member(
                replica.id(),
                replica.isLocal(),
                replica.reachability(),
                replica.suffrage(),
                replica.vitals(),
                condition);
    }

    /** Whether it can take part in a quorum. */
    public boolean counts() {
        return reachability.isReachable() && suffrage == Suffrage.VOTER;
    }
}
