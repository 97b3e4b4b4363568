package io.quorate.deploy.simulation.mutant;

import io.quorate.node.convergence.founding.Founder;
import io.quorate.node.identity.DiskMemory;
import java.util.List;

/** Members that do not agree on their disks, or forget them. */
final class FoundingMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a cluster is founded by a majority",
                            Founder.class,
                            "agreed == peers.all().size()",
                            "agreed > peers.all().size() / 2")
                    .breaks("I15"),
            Mutant.of(
                            "the disk of a peer is remembered in memory only",
                            DiskMemory.class,
                            "replace(new KnownDisks(known.stage(), known.disks().with(member, found)));",
                            "known = new KnownDisks(known.stage(), known.disks().with(member, found));")
                    .breaks("I16"),
            Mutant.of(
                            "an agreement is shown before it is durable",
                            DiskMemory.class,
                            "replace(new KnownDisks(KnowledgeStage.AGREED, all));",
                            "known = new KnownDisks(KnowledgeStage.AGREED, all);")
                    .breaks("I15"),
            Mutant.of(
                            "a founded node accepts another disk",
                            DiskMemory.class,
                            "return expected.filter(it -> !it.equals(found))",
                            "return expected.filter(it -> !isFounded() && !it.equals(found))")
                    .breaks("I16"),
            Mutant.of(
                            "a process without a disk trusts the first replica that answers",
                            "io.quorate.coordinator.replica.DisksInMemory",
                            "this.majority = members / 2 + 1;",
                            "this.majority = members > 0 ? 1 : 1;")
                    .shownBy(io.quorate.deploy.simulation.schedule.EmptyDiskBeforeACoordinator.class)
                    .breaks("I16"));

    private FoundingMutants() {}
}
