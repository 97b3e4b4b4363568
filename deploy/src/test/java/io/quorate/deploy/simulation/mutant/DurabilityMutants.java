package io.quorate.deploy.simulation.mutant;

import io.quorate.coordinator.operation.VersionMint;
import io.quorate.deploy.simulation.schedule.PowerLossAfterRecovery;
import io.quorate.deploy.simulation.schedule.SameInstantAfterRestart;
import io.quorate.deploy.simulation.world.SimulatedDisk;
import io.quorate.node.lsm.crashdisk.UnforcedDisk;
import io.quorate.node.lsm.recovery.Recovery;
import io.quorate.node.lsm.wal.Log;
import io.quorate.node.replica.consensus.PrepareHandler;
import java.util.List;

/** State that is shown before it is durable, or lost afterwards. */
final class DurabilityMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a write is acknowledged before it is forced",
                            Log.class,
                            "        writes = null;\n        active.force();",
                            "        writes = null;")
                    .breaks("I6"),
            Mutant.of(
                            "a promise is given before it is durable",
                            PrepareHandler.class,
                            "transaction.write(promised, () -> show(transaction, promised));",
                            "show(transaction, promised);\n        transaction.write(promised, () -> {});")
                    .breaks("I6"),
            Mutant.of(
                            "the store is open before what it replayed is forced",
                            Recovery.class,
                            "files.write(replayed.cursor(), TableCause.RECOVERY, wallMs)",
                            "new TableFiles(" + UnforcedDisk.class.getName()
                                    + ".of(disk), options, numbers).write(replayed.cursor(), TableCause.RECOVERY, wallMs)")
                    .shownBy(PowerLossAfterRecovery.class)
                    .breaks("I6"),
            Mutant.of(
                            "a replica that lost its disk votes",
                            SimulatedDisk.class,
                            "disk.losePower(all[random.nextInt(all.length)], random);",
                            "disk.list().forEach(disk::lose);\n            format();")
                    .breaks("I5"),
            Mutant.of(
                            "a version is used again after a restart",
                            VersionMint.class,
                            "this.session = session;",
                            "this.session = 7;")
                    .shownBy(SameInstantAfterRestart.class)
                    .breaks("I2"));

    private DurabilityMutants() {}
}
