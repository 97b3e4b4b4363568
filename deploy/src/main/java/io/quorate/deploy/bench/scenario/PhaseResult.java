package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.bench.load.GroupTally;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was measured in a phase.
 *
 * @param work what the nodes counted
 * @param nodesDown how many nodes did not run at the end
 * @param residentMib the resident memory of the largest node, if the nodes run on this machine
 * @param inStepAfterS seconds from the start until all replicas were in step. Empty if they were not before its end
 * @param generatorCores how much processor time the generator took, in cores
 */
record PhaseResult(
        String phase,
        List<GroupTally> groups,
        ClusterWork work,
        int nodesDown,
        OptionalLong residentMib,
        OptionalDouble inStepAfterS,
        double generatorCores) {
    GroupTally group(String name) {
        return groups.stream()
                .filter(tally -> tally.group().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The share of the writes done whose good answer reached no client. The nodes are asked when the next phase has
     * begun, so writes at the border may count for either.
     */
    OptionalDouble workForNobody() {
        if (work.writesDone().isEmpty()) {
            return OptionalDouble.empty();
        }
        long answered = groups.stream().mapToLong(GroupTally::goodWrites).sum();
        double done = work.writesDone().getAsLong();
        return OptionalDouble.of(done <= answered ? 0 : (done - answered) / done);
    }
}
