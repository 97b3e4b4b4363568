package io.quorate.deploy.simulation;

import java.util.List;

/** What the parts of a simulated cluster know of each other. */
interface Cluster {
    SimulatedTime time();

    Network network();

    List<SimulatedNode> nodes();

    ReplicaAudit audit();

    History history();

    /** Something worth a line in the statistics happened. */
    void count(String what);
}
