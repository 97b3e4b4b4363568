package io.quorate.deploy.simulation.mutant;

import io.quorate.common.plausibility.Plausibility;
import io.quorate.coordinator.replica.tcp.Conversation;
import io.quorate.deploy.simulation.schedule.ForgedReplies;
import io.quorate.deploy.simulation.schedule.ForgedRequests;
import io.quorate.node.replica.Replica;
import java.util.List;

/** Numbers that no honest process sends, and that count all the same. */
final class PlausibilityMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a replica takes every number of a request",
                            Replica.class,
                            "return objection.isPresent() ? Optional.of(refuse(objection.get())) : refusalOfVote(request);",
                            "return refusalOfVote(request);")
                    .shownBy(ForgedRequests.class)
                    .breaks("Impossible numbers"),
            Mutant.of(
                            "a replica raises its fence above its clock",
                            Mutant.besides(Plausibility.class, "NumberCheck"),
                            "lastTimestampOf(nowMs), NumberCheck::timestampText",
                            "latest, NumberCheck::timestampText")
                    .shownBy(ForgedRequests.class)
                    .breaks("Impossible numbers"),
            Mutant.of(
                            "the age of evidence may be any number",
                            Mutant.besides(Plausibility.class, "MessageNumbers"),
                            "check.count(\"age of the evidence\", store.evidenceAge().orElse(0), 0);",
                            "")
                    .shownBy(ForgedRequests.class)
                    .breaks("Impossible numbers"),
            Mutant.of(
                            "a coordinator takes every number of a reply",
                            Conversation.class,
                            "if (objection.isPresent()) {",
                            "if (objection.isPresent() && objection.isEmpty()) {")
                    .shownBy(ForgedReplies.class)
                    .breaks("Impossible numbers"));

    private PlausibilityMutants() {}
}
