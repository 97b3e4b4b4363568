package io.quorate.deploy.simulation.mutant;

import io.quorate.coordinator.operation.register.ReadOperation;
import io.quorate.coordinator.replica.PeerClocks;
import io.quorate.deploy.simulation.schedule.ClockJumpDuringLease;
import io.quorate.deploy.simulation.schedule.LeaseOfADeadHolder;
import java.util.List;

/** Values that end too early, or are shown after their end. */
final class ExpiryMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a chosen value is shown after its end",
                            ReadOperation.class,
                            "        found(record, 0, shownUnder);",
                            "        newest = record;")
                    .shownBy(LeaseOfADeadHolder.class)
                    .breaks("Expiry"),
            Mutant.of(
                            "the fastest clock decides instead of the median",
                            PeerClocks.class,
                            "wallMs[(wallMs.length - 1) / 2]",
                            "wallMs[wallMs.length - 1]")
                    .shownBy(ClockJumpDuringLease.class)
                    .breaks("Expiry"),
            Mutant.of(
                            "a peer's clock follows the jumps of our own",
                            PeerClocks.class,
                            ".mapToLong(reading -> reading.wallMsAt(nowNs))",
                            ".mapToLong(reading -> reading.wallMsAt(nowNs) - nowNs / 1_000_000"
                                    + " + own.wallMs() - 1_700_000_000_000L)")
                    .shownBy(ClockJumpDuringLease.class)
                    .breaks("Expiry"));

    private ExpiryMutants() {}
}
