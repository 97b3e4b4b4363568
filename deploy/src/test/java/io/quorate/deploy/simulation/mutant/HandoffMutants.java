package io.quorate.deploy.simulation.mutant;

import static io.quorate.deploy.simulation.mutant.Mutant.besides;

import io.quorate.coordinator.round.HintedHandoff;
import io.quorate.coordinator.round.StoreRound;
import io.quorate.deploy.simulation.schedule.ReplicaAwayForLong;
import io.quorate.deploy.simulation.schedule.StoreWithoutAcknowledgement;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.replica.StoreHandler;
import java.util.List;

/** Hints that are lost, or that count. */
final class HandoffMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a hint is erased before the acknowledgement",
                            besides(Hints.class, "TargetReplay"),
                            "erase(held);",
                            "erase(page.hints());")
                    .shownBy(ReplicaAwayForLong.class)
                    .breaks("I14"),
            Mutant.of(
                            "a hint is written after the record, and not with it",
                            StoreHandler.class,
                            "registers.write(batch, () -> refusalOf(store, reply), whenDone);",
                            """
                            if (store.missed() == 0) {
                                registers.write(batch, () -> refusalOf(store, reply), whenDone);
                                return;
                            }
                            StoreRequest plain = new StoreRequest(store.key(), store.record());
                            registers.put(store.key(), store.record(), new Acknowledgement(plain, answer -> {
                                registers.write(
                                        hints.note(store.missed(), store.hint()), new Acknowledgement(plain, any -> {}));
                                reply.accept(answer);
                            }));
                            """)
                    .breaks("I14"),
            Mutant.of(
                            "a hint counts for the quorum",
                            StoreRound.class,
                            "isReachable()) {\n                skip(i);",
                            "isReachable()) {\n                tracker.ack(i);")
                    .breaks("I7"),
            Mutant.of(
                            "a replica with too many hints does not show that",
                            Hints.class,
                            "} else if (!target.overflowed) {",
                            "} else if (false) {")
                    .breaks("I14"),
            Mutant.of(
                            "a record without an acknowledgement is not noted",
                            HintedHandoff.class,
                            "if (missed == 0 || keeper < 0) {",
                            "if (missed >= 0) {")
                    .shownBy(StoreWithoutAcknowledgement.class)
                    .breaks("Hinted handoff"));

    private HandoffMutants() {}
}
