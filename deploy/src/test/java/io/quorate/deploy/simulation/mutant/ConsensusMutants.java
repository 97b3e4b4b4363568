package io.quorate.deploy.simulation.mutant;

import io.quorate.coordinator.operation.consensus.ConsensusWriteOperation;
import io.quorate.coordinator.operation.consensus.UnnamedWriteOperation;
import io.quorate.coordinator.round.Unsettled;
import io.quorate.deploy.simulation.schedule.AcceptBelowPromise;
import io.quorate.deploy.simulation.schedule.AcceptedByOneThatIsGone;
import io.quorate.deploy.simulation.schedule.ContendedSchedules;
import io.quorate.deploy.simulation.schedule.OvertakenProposal;
import io.quorate.deploy.simulation.schedule.RefusalByUnstoredWrite;
import io.quorate.deploy.simulation.schedule.SupersededProposal;
import io.quorate.deploy.simulation.schedule.TwoProposals;
import io.quorate.node.replica.consensus.AcceptHandler;
import io.quorate.node.replica.consensus.PrepareHandler;
import java.util.List;

/** Conditional writes that break the rules of Paxos, at the proposer or at the acceptor. */
final class ConsensusMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a conditional write builds on an unchosen proposal",
                            UnnamedWriteOperation.class,
                            "            proposeFirst(promises, unsettled.get());",
                            "            successorOf(unsettled.get(), unsettled.get().version())"
                                    + ".ifPresentOrElse(record -> proposeOwn(promises, record), () -> refute(promises));")
                    .shownBy(ContendedSchedules.class)
                    .breaks("I1"),
            Mutant.of(
                            "a condition fails by a write that only few have",
                            UnnamedWriteOperation.class,
                            "promises.holders(refuting) >= majority",
                            "promises.holders(refuting) >= 0")
                    .shownBy(RefusalByUnstoredWrite.class)
                    .breaks("I7"),
            Mutant.of(
                            "an overtaken proposal is proposed again",
                            Unsettled.class,
                            "proposal.record().version().isAfter(newestRegister)",
                            "newestRegister != null")
                    .shownBy(OvertakenProposal.class)
                    .breaks("I3"),
            Mutant.of("of two proposals the older is finished", Unsettled.class, ".max(BY_BALLOT)", ".min(BY_BALLOT)")
                    .shownBy(TwoProposals.class)
                    .breaks("I4"),
            Mutant.of(
                            "a proposal that a later vote superseded is finished",
                            Unsettled.class,
                            "\n                .filter(proposal -> proposal.ballot().equals(voted))",
                            "")
                    .shownBy(SupersededProposal.class)
                    .breaks("I9"),
            Mutant.of(
                            "a fresh proposal after a preempted one",
                            ConsensusWriteOperation.class,
                            "isOwn(round.record()) && !round.mayHaveHadEffect()",
                            "isOwn(round.record())")
                    .shownBy(AcceptedByOneThatIsGone.class)
                    .breaks("I1"),
            Mutant.of(
                            "any proposal passes for one's own",
                            ConsensusWriteOperation.class,
                            "record.request().equals(request)",
                            "true")
                    .shownBy(TwoProposals.class)
                    .breaks("I4"),
            Mutant.of(
                            "a replica accepts in spite of its promise",
                            AcceptHandler.class,
                            "if (!acceptor.votesUnder(proposal.ballot(), floor)) {",
                            "if (false) {")
                    .shownBy(AcceptBelowPromise.class)
                    .breaks("I5"),
            Mutant.of(
                            "a replica promises in spite of its promise",
                            PrepareHandler.class,
                            "if (!ballot.isAfter(least)) {",
                            "if (false) {")
                    .breaks("I5"));

    private ConsensusMutants() {}
}
