package io.quorate.deploy.simulation.mutant;

import io.quorate.coordinator.operation.scan.PageMerge;
import io.quorate.coordinator.operation.scan.ScanOperation;
import io.quorate.deploy.simulation.schedule.ChosenWithoutStore;
import io.quorate.deploy.simulation.schedule.DeleteThatOneReplicaHas;
import io.quorate.deploy.simulation.schedule.PageOfUnequalReplicas;
import io.quorate.deploy.simulation.schedule.ScanOfDeletedKey;
import io.quorate.node.replica.state.RegisterWalk;
import java.util.List;

/** Pages that show what is gone, or miss what is there. */
final class ScanMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a scan takes a deleted key for one that a replica never had",
                            PageMerge.class,
                            "if (held.isPresent()\n                    && (newest.isEmpty()",
                            "if (held.isPresent()\n                    && (newest.isEmpty() || newest.get().tombstone()")
                    .shownBy(ScanOfDeletedKey.class)
                    .breaks("I12"),
            Mutant.of(
                            "scans do not write tombstones back",
                            ScanOperation.class,
                            "key.copies() < required).toList()",
                            "key.copies() < required && !key.newest().tombstone()).toList()")
                    .shownBy(DeleteThatOneReplicaHas.class)
                    .breaks("I1"),
            Mutant.of(
                            "scans miss keys that only the consensus knows",
                            RegisterWalk.class,
                            "if (!state.isAbsent() || state.accepted().isPresent()) {",
                            "if (!state.isAbsent()) {")
                    .shownBy(ChosenWithoutStore.class)
                    .breaks("I1"),
            Mutant.of("a page goes as far as the furthest replica", PageMerge.class, ".min(order)", ".max(order)")
                    .shownBy(PageOfUnequalReplicas.class)
                    .breaks("I8"));

    private ScanMutants() {}
}
