package io.quorate.deploy.simulation.mutant;

import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.ConditionalWriteOperation;
import io.quorate.coordinator.operation.consensus.ConsensusWriteOperation;
import io.quorate.coordinator.operation.idempotency.IdempotentWriteOperation;
import io.quorate.coordinator.operation.register.ReadOperation;
import io.quorate.coordinator.operation.register.WriteOperation;
import io.quorate.coordinator.operation.scan.PageMerge;
import io.quorate.coordinator.replica.PeerClocks;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.QueryRound;
import io.quorate.coordinator.round.Unsettled;
import io.quorate.deploy.simulation.schedule.AcceptBelowPromise;
import io.quorate.deploy.simulation.schedule.AcceptedByOneThatIsGone;
import io.quorate.deploy.simulation.schedule.ClockJumpDuringLease;
import io.quorate.deploy.simulation.schedule.ContendedSchedules;
import io.quorate.deploy.simulation.schedule.LeaseOfADeadHolder;
import io.quorate.deploy.simulation.schedule.OvertakenProposal;
import io.quorate.deploy.simulation.schedule.ReadOfUnchosenProposal;
import io.quorate.deploy.simulation.schedule.ReadsBesideConditionalWrites;
import io.quorate.deploy.simulation.schedule.RefusalByUnstoredWrite;
import io.quorate.deploy.simulation.schedule.RequestAcceptedAtPowerLoss;
import io.quorate.deploy.simulation.schedule.ScanOfDeletedKey;
import io.quorate.deploy.simulation.schedule.WriteAfterProposalFromTheFuture;
import io.quorate.deploy.simulation.schedule.WriteBesideEmptiedReplica;
import io.quorate.deploy.simulation.world.SimulatedDisk;
import io.quorate.node.lsm.recovery.Recovery;
import io.quorate.node.lsm.wal.Log;
import io.quorate.node.replica.consensus.AcceptHandler;
import io.quorate.node.replica.consensus.PrepareHandler;
import java.util.List;

/**
 * Every way to break the protocol that is known to lose, double or resurrect a write, as far as this code has the part.
 */
final class Mutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a conditional write builds on an unchosen proposal",
                            ConditionalWriteOperation.class,
                            "            propose(promises, unsettled.get());",
                            "            proposeOwn(promises, successorOf(unsettled.get()));")
                    .shownBy(ContendedSchedules.class)
                    .judgedBy("I3"),
            Mutant.of(
                            "reads show an accepted proposal as if it were chosen",
                            ReadOperation.class,
                            "round.acceptors(unsettled.get()) >= majority",
                            "unsettled.isPresent()")
                    .shownBy(ReadOfUnchosenProposal.class)
                    .judgedBy("I7"),
            Mutant.of(
                            "a condition fails by a write that only few have",
                            ConditionalWriteOperation.class,
                            "promises.holders(refuting) >= majority",
                            "promises.holders(refuting) >= 0")
                    .shownBy(RefusalByUnstoredWrite.class)
                    .judgedBy("I7"),
            Mutant.of(
                            "an overtaken proposal is proposed again",
                            Unsettled.class,
                            "proposal.record().version().isAfter(newestRegister)",
                            "newestRegister != null")
                    // An assertion of the code itself sees this one first, before any judge.
                    .shownBy(OvertakenProposal.class),
            Mutant.of(
                            "a read preempts a proposer at once",
                            ReadOperation.class,
                            "if (pauseMs.isPresent()) {",
                            "if (pauseMs.isPresent() && context == null) {")
                    .shownBy(ReadsBesideConditionalWrites.class),
            Mutant.of(
                            "reads do not write back",
                            ReadOperation.class,
                            "boolean writesBack = level() == ConsistencyLevel.LINEARIZABLE || level() == ConsistencyLevel.ALL;",
                            "boolean writesBack = false;")
                    .judgedBy("I7"),
            Mutant.of(
                            "reads ignore accepted proposals",
                            ReadOperation.class,
                            "level() == ConsistencyLevel.ONE ? Optional.empty() : round.unsettled()",
                            "Optional.empty()")
                    .judgedBy("I13"),
            Mutant.of(
                            "a chosen value is shown after its end",
                            ReadOperation.class,
                            "        found(record, 0);",
                            "        newest = record;")
                    .shownBy(LeaseOfADeadHolder.class),
            Mutant.of(
                            "a write is acknowledged before it is forced",
                            Log.class,
                            "        writes = null;\n        active.force();",
                            "        writes = null;")
                    .judgedBy("I6"),
            Mutant.of(
                            "a fresh proposal after a preempted one",
                            ConsensusWriteOperation.class,
                            "isOwn(round.record()) && !round.mayHaveHadEffect()",
                            "isOwn(round.record())")
                    .judgedBy("I1"),
            Mutant.of(
                            "a write of one round",
                            WriteOperation.class,
                            "if (level() == ConsistencyLevel.ONE) {",
                            "if (level() != ConsistencyLevel.ONE) {")
                    .judgedBy("I8"),
            Mutant.of(
                            "any proposal passes for one's own",
                            ConsensusWriteOperation.class,
                            "record.request().equals(request)",
                            "true")
                    .judgedBy("I3"),
            Mutant.of(
                            "a write's timestamp ignores accepted proposals",
                            WriteOperation.class,
                            "round.newestOrAccepted()",
                            "round.newest()")
                    .shownBy(WriteAfterProposalFromTheFuture.class)
                    .judgedBy("I8"),
            Mutant.of(
                            "a promise is given before it is durable",
                            PrepareHandler.class,
                            "transaction.write(promised, () -> show(transaction, promised));",
                            "show(transaction, promised);\n        transaction.write(promised, () -> {});")
                    .judgedBy("I6"),
            Mutant.of(
                            "a replica accepts in spite of its promise",
                            AcceptHandler.class,
                            "if (acceptor.promised().isAfter(proposal.ballot())) {",
                            "if (false) {")
                    .shownBy(AcceptBelowPromise.class)
                    .judgedBy("I5"),
            Mutant.of(
                            "a replica promises in spite of its promise",
                            PrepareHandler.class,
                            "if (!ballot.isAfter(acceptor.promised())) {",
                            "if (false) {")
                    .judgedBy("I5"),
            Mutant.of(
                            "a retry judges afresh although there is a trace",
                            IdempotentWriteOperation.class,
                            "return idempotent.request();",
                            "return RequestId.NONE;")
                    .judgedBy("I9"),
            Mutant.of(
                            "a majority that shows nothing proves that nothing was accepted",
                            ConsensusWriteOperation.class,
                            "given.size() == replicas.size()",
                            "given.size() >= majority")
                    .shownBy(AcceptedByOneThatIsGone.class),
            Mutant.of(
                            "a refusal is told and not concluded",
                            IdempotentWriteOperation.class,
                            "        acceptRefusal(promises, fresh);",
                            "        answer(fresh);")
                    .judgedBy("I9"),
            Mutant.of(
                            "a trace is written after what it tells of, and not with it",
                            AcceptHandler.class,
                            "batch.add(RequestEntries.voted(record.request(), state.trace(), vote));",
                            """
                            List<Write> trace = List.of(RequestEntries.voted(record.request(), state.trace(), vote));
                            transaction.write(batch, () -> {
                                transaction.end(ACCEPTED);
                                transaction.write(trace, () -> {});
                            });
                            return;
                            """)
                    .shownBy(RequestAcceptedAtPowerLoss.class)
                    .judgedBy("I9"),
            Mutant.of(
                            "the fastest clock decides instead of the median",
                            PeerClocks.class,
                            "wallMs[(wallMs.length - 1) / 2]",
                            "wallMs[wallMs.length - 1]")
                    .shownBy(ClockJumpDuringLease.class),
            Mutant.of(
                            "a peer's clock follows the jumps of our own",
                            PeerClocks.class,
                            ".mapToLong(reading -> reading.wallMsAt(nowNs))",
                            ".mapToLong(reading -> reading.wallMsAt(nowNs) - nowNs / 1_000_000"
                                    + " + own.wallMs() - 1_700_000_000_000L)")
                    .shownBy(ClockJumpDuringLease.class),
            Mutant.of(
                            "a version is used again after a restart",
                            VersionMint.class,
                            "this.session = session;",
                            "this.session = 7;")
                    .judgedBy("I2"),
            Mutant.of(
                            "a read forgets which request deleted the key",
                            QueryRound.class,
                            "registerAt(i).tombstone() && version.step() == 0",
                            "registerAt(i).tombstone()")
                    .judgedBy("I2"),
            Mutant.of(
                            "a replica that lost its disk votes",
                            SimulatedDisk.class,
                            "disk.losePower(all[random.nextInt(all.length)], random);",
                            "disk.list().forEach(disk::lose);\n            format();")
                    .judgedBy("I5"),
            Mutant.of(
                    "the store is open before what it replayed is forced",
                    Recovery.class,
                    "files.write(replayed.cursor(), TableCause.RECOVERY)",
                    "new TableFiles(" + UnforcedDisk.class.getName()
                            + ".of(disk), options, files.takeNumber()).write(replayed.cursor(), TableCause.RECOVERY)"),
            Mutant.of("of two proposals the older is finished", Unsettled.class, ".max(BY_BALLOT)", ".min(BY_BALLOT)")
                    .judgedBy("I4"),
            Mutant.of(
                            "a replica that is being filled counts",
                            Exchange.class,
                            "return reply != null && reply.isYes();",
                            "return reply != null && !reply.isWithoutEffect();")
                    .shownBy(WriteBesideEmptiedReplica.class)
                    .judgedBy("I10"),
            Mutant.of(
                            "a scan takes a deleted key for one that a replica never had",
                            PageMerge.class,
                            "if (held.isPresent()\n                    && (newest.isEmpty()",
                            "if (held.isPresent()\n                    && (newest.isEmpty() || newest.get().tombstone()")
                    .shownBy(ScanOfDeletedKey.class)
                    .judgedBy("I12"));

    private Mutants() {}
}
