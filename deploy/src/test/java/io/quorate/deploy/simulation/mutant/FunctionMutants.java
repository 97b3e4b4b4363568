package io.quorate.deploy.simulation.mutant;

import static io.quorate.deploy.simulation.mutant.Mutant.besides;

import io.quorate.coordinator.operation.bundle.FunctionQueues;
import io.quorate.coordinator.operation.consensus.UnnamedWriteOperation;
import io.quorate.deploy.simulation.schedule.BundleBehindHungReplicas;
import io.quorate.deploy.simulation.schedule.FunctionDuringPrepare;
import io.quorate.deploy.simulation.schedule.FunctionSchedules;
import java.util.List;
import java.util.stream.Stream;

/** Functions that are not applied one after the other, each once, or that are answered too early. */
final class FunctionMutants {
    private static final List<Mutant> AVAILABILITY = List.of(
            Mutant.of(
                            "a bundle that nobody needs goes on as long as others wait",
                            besides(FunctionQueues.class, "BundleOperation"),
                            "if (!isFinished() && isOver) {",
                            "if (!isFinished() && isOver && waiting.isEmpty()) {")
                    .shownBy(BundleBehindHungReplicas.class)
                    .breaks("Function"),
            Mutant.of(
                            "those that wait end with a bundle that its first function left",
                            besides(FunctionQueues.class, "BundleOperation"),
                            "members.isEmpty() && !wasLeft",
                            "members.isEmpty()")
                    .shownBy(BundleBehindHungReplicas.class)
                    .breaks("Function"));

    private static final List<Mutant> SAFETY = Stream.of(
                    Mutant.of(
                                    "a bundle is answered before its ACCEPT",
                                    besides(FunctionQueues.class, "BundleOperation"),
                                    "        return bundle.hasChanged() ?",
                                    "        deliverReports(register.version().nextStep(), new Outcome.Applied("
                                            + "register.version().nextStep(), false, evidence));\n"
                                            + "        return bundle.hasChanged() ?")
                            .breaks("I7"),
                    Mutant.of(
                                    "a function meets the register, and not what those before it left",
                                    besides(FunctionQueues.class, "Bundle"),
                                    "function.on(content)",
                                    "function.on(steps.isEmpty() ? content : steps.get(0).met())")
                            .breaks("I1"),
                    Mutant.of(
                                    "a refusal is judged on the register instead of at its place",
                                    besides(FunctionQueues.class, "Bundle"),
                                    "function.on(content)",
                                    "(!steps.isEmpty() && function.on(steps.get(0).met()).made().isEmpty()"
                                            + " ? function.on(steps.get(0).met()) : function.on(content))")
                            .breaks("I1"),
                    Mutant.of(
                                    "a bundle is applied again after a preemption although it was chosen",
                                    UnnamedWriteOperation.class,
                                    "if (isOwn(newest)) {",
                                    "if (false) {")
                            .breaks("I9"),
                    Mutant.of(
                                    "a look rules a proposal out although the register does not say so",
                                    UnnamedWriteOperation.class,
                                    "if (there.filter(UnnamedWriteOperation::isOfARequest).isPresent()) {",
                                    "if (there != null) {")
                            .breaks("I1"),
                    Mutant.of(
                                    "a look takes a chosen proposal of its own for another's",
                                    UnnamedWriteOperation.class,
                                    "if (there.filter(this::isOwn).isPresent()) {",
                                    "if (there == null) {")
                            .breaks("I9"),
                    Mutant.of(
                                    "a new judgement takes the members of the last one twice",
                                    besides(FunctionQueues.class, "BundleOperation"),
                                    "        waiting.putBack(members);",
                                    "        waiting.putBack(members);\n        waiting.putBack(members);")
                            .breaks("I1"),
                    Mutant.of(
                                    "a function that left its queue is applied all the same",
                                    besides(FunctionQueues.class, "FunctionQueue"),
                                    "        waiting.remove(function);",
                                    "")
                            .breaks("I1"),
                    Mutant.of(
                                    "a function in a proposal ends as refused at its deadline",
                                    besides(FunctionQueues.class, "BundleOperation"),
                                    "mayBeAccepted() && members.contains(function)",
                                    "false")
                            .breaks("I1"),
                    Mutant.of(
                                    "a bundle ends as refused although its proposal may be accepted",
                                    besides(FunctionQueues.class, "BundleOperation"),
                                    "forEachMember(member -> member.end(unknown));",
                                    "forEachMember(member -> member.end(new Outcome.Refused("
                                            + "RefusalReason.NO_QUORUM, unknown.evidence())));")
                            .breaks("I1"))
            .map(mutant -> mutant.shownBy(FunctionSchedules.class))
            .toList();

    /** Random schedules meet the first one once in some thousand runs. */
    private static final List<Mutant> DIRECTED = Stream.of(
                    Mutant.of(
                                    "a bundle takes functions that came during its PREPARE",
                                    besides(FunctionQueues.class, "WaitingFunctions"),
                                    "        later.add(function);",
                                    "        beforePrepare.add(function);")
                            .breaks("I8"),
                    Mutant.of(
                                    "a PREPARE that fails takes functions with it that came later",
                                    besides(FunctionQueues.class, "WaitingFunctions"),
                                    "        Deque<FunctionOperation> source",
                                    "        preparing();\n        Deque<FunctionOperation> source")
                            .breaks("Function"))
            .map(mutant -> mutant.shownBy(FunctionDuringPrepare.class))
            .toList();

    static final List<Mutant> ALL =
            Stream.of(SAFETY, DIRECTED, AVAILABILITY).flatMap(List::stream).toList();

    private FunctionMutants() {}
}
