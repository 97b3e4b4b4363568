package io.quorate.node.lsm.mutant;

import java.util.List;
import java.util.stream.Stream;

/** Every way to break the store's rules of durability and concurrency that is known to have escaped a test once. */
final class StoreMutants {
    static final List<StoreMutant> ALL = Stream.of(
                    DurabilityMutants.ALL, ViewMutants.ALL, LockMutants.ALL, CheckpointMutants.ALL)
            .flatMap(List::stream)
            .toList();

    private StoreMutants() {}
}
