package io.quorate.deploy.simulation.world;

import io.quorate.deploy.simulation.judge.History;
import io.quorate.deploy.simulation.judge.Judges;
import io.quorate.node.convergence.antientropy.PassOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the parts of a simulated cluster know of each other. */
public interface Cluster {
    SimulatedTime time();

    Network network();

    /** The members: each has a replica and a coordinator. */
    List<SimulatedNode> nodes();

    /** All that clients may ask: the nodes, and coordinators without a replica. */
    default List<? extends SimulatedMachine> machines() {
        return nodes();
    }

    default OverloadLimits limits() {
        return OverloadLimits.GENEROUS;
    }

    /** Whether disks are so slow, until the faults end, that requests expire at replicas. */
    default boolean hasSlowDisks() {
        return false;
    }

    default Retention retention() {
        return Retention.ENDLESS;
    }

    /** How nodes compare all their keys. Empty if they do not. */
    default Optional<PassOptions> passes() {
        return Optional.empty();
    }

    /** How old deletes are at least when passes forget them. Empty if passes forget nothing. */
    default OptionalLong forgetsAfterMs() {
        return OptionalLong.empty();
    }

    /** Whether all nodes drive passes at the same time, as if each reached only itself. */
    default boolean hasManyDrivers() {
        return false;
    }

    Judges judges();

    History history();

    /** Something worth a line in the statistics happened. */
    void count(String what);
}
