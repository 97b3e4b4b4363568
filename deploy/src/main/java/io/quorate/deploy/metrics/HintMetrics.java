package io.quorate.deploy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.common.model.NodeId;
import io.quorate.node.convergence.handoff.Hints;
import java.util.List;

/** What the replica of this process keeps for others. */
final class HintMetrics {
    private HintMetrics() {}

    /** @param members all replicas of the cluster */
    static void bind(MeterRegistry registry, Hints hints, List<NodeId> members) {
        List<NodeId> inOrder = members.stream().sorted().toList();
        for (int i = 0; i < inOrder.size(); i++) {
            int place = i;
            Gauge.builder("quorate.hints.waiting", hints, kept -> kept.figures(place)
                            .waiting())
                    .description("About how many keys another replica missed and this one noted")
                    .tag("replica", inOrder.get(i).name())
                    .register(registry);
            Gauge.builder(
                            "quorate.hints.overflowed",
                            hints,
                            kept -> kept.figures(place).overflowed() ? 1 : 0)
                    .description("1 if another replica missed more keys than hintsMax allows to note")
                    .tag("replica", inOrder.get(i).name())
                    .register(registry);
        }
        FunctionCounter.builder("quorate.hints.replayed", hints, Hints::replayed)
                .description("Keys that other replicas had missed and then acknowledged to this one")
                .register(registry);
    }
}
