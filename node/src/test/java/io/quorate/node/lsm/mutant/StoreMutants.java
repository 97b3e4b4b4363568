package io.quorate.node.lsm.mutant;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every way to break the rules of durability, concurrency and pace of the store that a test notices. Many escaped once.
 */
final class StoreMutants {
    static final List<StoreMutant> ALL = Stream.of(
                    DurabilityMutants.ALL,
                    LogMutants.ALL,
                    PublicationMutants.ALL,
                    ViewMutants.ALL,
                    VersionMutants.ALL,
                    LockMutants.ALL,
                    CacheMutants.ALL,
                    FilterMutants.ALL,
                    MergeMutants.ALL,
                    CheckpointMutants.ALL,
                    AdmissionMutants.ALL,
                    WiringMutants.ALL,
                    PaceMutants.ALL)
            .flatMap(List::stream)
            .toList();

    private StoreMutants() {}
}
