package io.quorate.deploy.simulation;

import java.util.List;

/** Every way to break the protocol that is known to lose, double or resurrect a write, as far as this code has the part. */
final class Mutants {
    private static final String OPERATION = "coordinator/src/main/java/io/quorate/coordinator/operation/";
    private static final String READ = OPERATION + "ReadOperation.java";
    private static final String CONDITIONAL_WRITE = OPERATION + "ConditionalWriteOperation.java";
    private static final String WRITE = OPERATION + "WriteOperation.java";
    private static final String MINT = OPERATION + "VersionMint.java";
    private static final String CONSENSUS = "node/src/main/java/io/quorate/node/replica/ConsensusHandler.java";
    private static final String LSM = "node/src/main/java/io/quorate/node/lsm/";
    private static final String SIMULATED_NODE = "deploy/src/test/java/io/quorate/deploy/simulation/SimulatedNode.java";

    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a conditional write builds on an unchosen proposal",
                            CONDITIONAL_WRITE,
                            "            propose(unsettled.get());",
                            "            proposeOwn(new Record(unsettled.get().version().nextStep(), content, request));")
                    .shownBy(ContendedSchedules.class),
            Mutant.of(
                            "reads show an accepted proposal as if it were chosen",
                            READ,
                            "round.acceptors(unsettled.get()) >= majority",
                            "unsettled.isPresent()")
                    .shownBy(ReadOfUnchosenProposal.class),
            Mutant.of(
                            "a condition fails by a write that only few have",
                            CONDITIONAL_WRITE,
                            "round.holders(newest.version()) >= majority",
                            "round.holders(newest.version()) >= 0")
                    .shownBy(RefusalByUnstoredWrite.class),
            Mutant.of(
                            "an overtaken proposal is proposed again",
                            OPERATION + "Unsettled.java",
                            "proposal.record().version().isAfter(newestRegister)",
                            "newestRegister != null")
                    .shownBy(OvertakenProposal.class),
            Mutant.of(
                    "reads do not write back",
                    READ,
                    "boolean writesBack = level() == Level.LINEARIZABLE || level() == Level.ALL;",
                    "boolean writesBack = false;"),
            Mutant.of(
                    "reads ignore accepted proposals",
                    READ,
                    "level() == Level.ONE ? Optional.empty() : round.unsettled()",
                    "Optional.empty()"),
            Mutant.of(
                    "a write is acknowledged before it is forced",
                    LSM + "wal/Log.java",
                    "        writes = null;\n        active.force();",
                    "        writes = null;"),
            Mutant.of(
                    "a fresh proposal after a preempted one",
                    CONDITIONAL_WRITE,
                    "mayBeAccepted |= round.mayHaveHadEffect();",
                    "mayBeAccepted = false;"),
            Mutant.of("a write of one round", WRITE, "if (level() == Level.ONE) {", "if (level() != Level.ONE) {"),
            Mutant.of(
                    "any proposal passes for one's own", CONDITIONAL_WRITE, "record.request().equals(request)", "true"),
            Mutant.of(
                            "a write's timestamp ignores accepted proposals",
                            WRITE,
                            "round.newestOrAccepted()",
                            "round.newest()")
                    .shownBy(WriteAfterProposalFromTheFuture.class),
            Mutant.of(
                    "a promise is given before it is durable",
                    CONSENSUS,
                    "void write(AcceptorState next, Runnable whenDurable) {",
                    "void write(AcceptorState next, Runnable now) { now.run(); Runnable whenDurable = () -> {};"),
            Mutant.of(
                            "a replica accepts in spite of its promise",
                            CONSENSUS,
                            "if (acceptor.promised().isAfter(proposal.ballot())) {",
                            "if (false) {")
                    .shownBy(AcceptBelowPromise.class),
            Mutant.of(
                    "a replica promises in spite of its promise",
                    CONSENSUS,
                    "if (!ballot.isAfter(acceptor.promised())) {",
                    "if (false) {"),
            Mutant.of(
                    "a retry judges afresh although there is a trace",
                    OPERATION + "RepeatableWriteOperation.java",
                    "return repeatable.request();",
                    "return RequestId.NONE;"),
            Mutant.of(
                    "a refusal is told and not concluded",
                    OPERATION + "RepeatableWriteOperation.java",
                    "            conclude(refusal, newest);",
                    "            answer(refusal);"),
            Mutant.of(
                            "a trace is written after what it tells of, and not with it",
                            CONSENSUS,
                            "batch.add(RequestEntries.voted(record.request(), state.trace(), vote));",
                            """
                            List<Write> trace = List.of(RequestEntries.voted(record.request(), state.trace(), vote));
                            turn.write(batch, () -> {
                                turn.end(ACCEPTED);
                                turn.write(trace, () -> {});
                            });
                            return;
                            """)
                    .shownBy(RequestAcceptedAtPowerLoss.class),
            Mutant.of("a version is used again after a restart", MINT, "this.session = session;", "this.session = 7;"),
            Mutant.of(
                    "a read forgets which request deleted the key",
                    OPERATION + "QueryRound.java",
                    "isTombstoneAt(i) && version.step() == 0",
                    "isTombstoneAt(i)"),
            Mutant.of(
                    "a replica that lost its disk votes",
                    SIMULATED_NODE,
                    "disk.losePower(all[random.nextInt(all.length)], random);",
                    "disk.list().forEach(disk::lose);\n            format();"),
            Mutant.of(
                    "the store is open before what it replayed is forced",
                    LSM + "Recovery.java",
                    "files.write(replayed.cursor(), TableCause.RECOVERY)",
                    "new TableFiles(" + UnforcedDisk.class.getName()
                            + ".of(disk), options, files.takeNumber()).write(replayed.cursor(), TableCause.RECOVERY)"));

    private Mutants() {}
}
