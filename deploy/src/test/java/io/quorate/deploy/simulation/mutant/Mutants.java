package io.quorate.deploy.simulation.mutant;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every way to break the protocol that is known to lose, double or resurrect a write, as far as this code has the part.
 */
final class Mutants {
    static final List<Mutant> ALL = Stream.of(
                    ReadMutants.ALL,
                    ScanMutants.ALL,
                    ConsensusMutants.ALL,
                    LookMutants.ALL,
                    FunctionMutants.ALL,
                    IdempotencyMutants.ALL,
                    DurabilityMutants.ALL,
                    QuorumMutants.ALL,
                    HandoffMutants.ALL,
                    ExpiryMutants.ALL,
                    FoundingMutants.ALL,
                    ConvergenceMutants.ALL,
                    ForgettingMutants.ALL,
                    PlausibilityMutants.ALL)
            .flatMap(List::stream)
            .toList();

    private Mutants() {}
}
