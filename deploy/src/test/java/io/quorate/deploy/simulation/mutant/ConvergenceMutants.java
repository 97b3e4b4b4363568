package io.quorate.deploy.simulation.mutant;

import io.quorate.common.convergence.RangeDigestBuilder;
import io.quorate.deploy.simulation.schedule.DigestOfADelete;
import io.quorate.deploy.simulation.schedule.RandomPasses;
import io.quorate.node.convergence.antientropy.PassDriver;
import java.util.List;

/** Passes that leave replicas unequal, or say that they are equal when they are not. */
final class ConvergenceMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a pass takes a member that does not answer for an equal one",
                            Mutant.besides(PassDriver.class, "RangeRun"),
                            "peer -> answered.contains(peer) && peer.votingStatus() == VotingStatus.VOTING",
                            "peer -> true")
                    .shownBy(RandomPasses.class)
                    .breaks("I13"),
            Mutant.of(
                            "the digest leaves out the version",
                            RangeDigestBuilder.class,
                            "        hashed.writeLong(version.timestamp());\n        hashed.writeLong(version.session());\n"
                                    + "        hashed.writeLong(version.counter());\n        hashed.writeLong(version.step());\n",
                            "")
                    .shownBy(RandomPasses.class)
                    .breaks("I13"),
            Mutant.of(
                            "the digest leaves out whether it is a tombstone",
                            RangeDigestBuilder.class,
                            "        hashed.writeFlag(register.isTombstone());\n",
                            "")
                    .shownBy(DigestOfADelete.class)
                    .breaks("I13"),
            Mutant.of(
                            "a pass repairs with the older record",
                            Mutant.besides(PassDriver.class, "RepairPlan"),
                            ".reduce(Version.ZERO, Version::max);\n        List<PassPeer> sources",
                            ".reduce(new Version(-1, -1, -1, -1), (a, b) -> a.isAfter(b) ? b : a);\n"
                                    + "        List<PassPeer> sources")
                    .shownBy(RandomPasses.class)
                    .breaks("I13"),
            Mutant.of(
                            "a pass skips open keys",
                            Mutant.besides(PassDriver.class, "RangeRun"),
                            "if (settles && !plan.openKeys().isEmpty()) {",
                            "if (settles && plan.openKeys().isEmpty() && plan.repairs() == null) {")
                    .shownBy(RandomPasses.class)
                    .breaks("I13"));

    private ConvergenceMutants() {}
}
