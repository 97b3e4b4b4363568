package io.quorate.deploy.simulation.mutant;

import static io.quorate.deploy.simulation.mutant.Mutant.besides;

import io.quorate.coordinator.operation.consensus.ConditionalWriteOperation;
import io.quorate.coordinator.operation.consensus.ProposerQueues;
import io.quorate.coordinator.operation.consensus.UnnamedWriteOperation;
import io.quorate.deploy.simulation.schedule.ContendedSchedules;
import io.quorate.deploy.simulation.schedule.HotKey;
import io.quorate.deploy.simulation.schedule.LookAtUnequalReplicas;
import io.quorate.deploy.simulation.schedule.LookBelowAProposal;
import io.quorate.deploy.simulation.schedule.WriteDuringLook;
import java.util.List;

/** Looks before a PREPARE that refuse too much, or help too little. */
final class LookMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a look answers a write that came after it began",
                            UnnamedWriteOperation.class,
                            "seen.observation().ifPresent(waitingSinceLook::learn);",
                            "seen.observation().ifPresent(waitingTurns()::learn);")
                    .shownBy(WriteDuringLook.class)
                    .breaks("I8"),
            Mutant.of(
                            "a look refuses by a register that only few have",
                            besides(ProposerQueues.class, "Look"),
                            "round.holders(version) >= majority && !isOver",
                            "!isOver")
                    .shownBy(LookAtUnequalReplicas.class)
                    .breaks("I7"),
            Mutant.of(
                            "a look refuses by a proposal that is not chosen",
                            besides(ProposerQueues.class, "Look"),
                            "return round.acceptors(proposal) >= majority;",
                            "return true;")
                    .shownBy(ContendedSchedules.class)
                    .breaks("I7"),
            Mutant.of(
                            "a look refuses by the register below a proposal under way",
                            besides(ProposerQueues.class, "Look"),
                            "round.isDoubtful() || underWay().isPresent()",
                            "round.isDoubtful()")
                    .shownBy(LookBelowAProposal.class)
                    .breaks("I8"),
            Mutant.of(
                            "a write that waited prepares without a look",
                            ConditionalWriteOperation.class,
                            "        lookAndPrepare();",
                            "        prepare();")
                    .shownBy(HotKey.class)
                    .breaks("Look"),
            Mutant.of(
                            "a look answers only the write that made it",
                            besides(ProposerQueues.class, "WaitingTurns"),
                            "        turns.stream().skip(1).forEach(turn -> turn.learn(observation));\n",
                            "")
                    .shownBy(WriteDuringLook.class)
                    .breaks("Look"));

    private LookMutants() {}
}
