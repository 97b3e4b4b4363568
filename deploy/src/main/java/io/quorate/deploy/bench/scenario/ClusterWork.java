package io.quorate.deploy.bench.scenario;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What the nodes have counted, in their order.
 *
 * @param nodes empty for a node that does not answer, or was started anew meanwhile
 */
record ClusterWork(List<Optional<NodeWork>> nodes) {
    ClusterWork since(ClusterWork before) {
        return new ClusterWork(IntStream.range(0, nodes.size())
                .mapToObj(node ->
                        nodes.get(node).flatMap(now -> before.nodes.get(node).flatMap(now::since)))
                .toList());
    }

    /** Empty if it is not known of each node. */
    OptionalLong writesDone() {
        return nodes.stream().allMatch(Optional::isPresent)
                ? OptionalLong.of(sum(NodeWork::writesDone))
                : OptionalLong.empty();
    }

    /** Of the nodes of which it is known. Empty if it is known of none. */
    OptionalLong connectionsClosed() {
        return nodes.stream().anyMatch(Optional::isPresent)
                ? OptionalLong.of(sum(NodeWork::connectionsClosed))
                : OptionalLong.empty();
    }

    private long sum(ToLongFunction<NodeWork> figure) {
        return nodes.stream().flatMap(Optional::stream).mapToLong(figure).sum();
    }
}
