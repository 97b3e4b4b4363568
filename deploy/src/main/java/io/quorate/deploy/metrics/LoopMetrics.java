package io.quorate.deploy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.quorum.QuorumSizes;
import io.quorate.deploy.metrics.LoopFigures.Peer;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * How this process sees the cluster: what its event loops said when last asked. They have connections of their own, so
 * the least favourable view is what counts: a replica is up if each of them reaches it.
 */
final class LoopMetrics {
    private final QuorumSizes sizes;
    private volatile List<LoopFigures> loops = List.of();

    LoopMetrics(MeterRegistry registry, List<NodeId> members) {
        this.sizes = new QuorumSizes(members.size());
        Gauge.builder("quorate.requests.in.flight", this, each -> each.sum(LoopFigures::inFlight))
                .description("Operations that wait for their outcome")
                .register(registry);
        Gauge.builder("quorate.requests.limit", this, each -> each.sum(LoopFigures::limit))
                .description(
                        "Operations in flight from which further requests wait, large ones counted several times: it follows how long they take")
                .register(registry);
        FunctionCounter.builder("quorate.hedges", this, each -> each.sum(LoopFigures::hedges))
                .description("Requests to one more replica since those asked were slow")
                .register(registry);
        FunctionCounter.builder("quorate.hedges.denied", this, each -> each.sum(LoopFigures::hedgesDenied))
                .description("Requests to one more replica that were not sent, since a tenth of all is the most")
                .register(registry);
        Gauge.builder("quorate.quorum.margin", this, LoopMetrics::margin)
                .description("How many more voting replicas may be lost and leave a majority; below 0 there is none")
                .register(registry);
        members.forEach(member -> bind(registry, member));
    }

    private void bind(MeterRegistry registry, NodeId member) {
        gauge(
                registry,
                member,
                "quorate.replica.up",
                "1 if every event loop of this process reaches the replica",
                peers -> all(peers, Peer::reachable));
        gauge(
                registry,
                member,
                "quorate.replica.slow",
                "1 if the replica answers an event loop much later than the best other one; reads ask it last",
                peers -> peers.anyMatch(Peer::slow) ? 1 : 0);
        gauge(
                registry,
                member,
                "quorate.replica.votes",
                "1 if the replica's answers count, as it last said",
                peers -> all(peers, Peer::votes));
        gauge(
                registry,
                member,
                "quorate.replica.clock.skew.seconds",
                "How far the replica's wall clock is ahead of this process's; NaN until it is known",
                LoopMetrics::furthestSkewS);
        gauge(
                registry,
                member,
                "quorate.replica.hedge.delay.seconds",
                "How long a read waits for the replica before it asks another one",
                peers -> peers.mapToLong(Peer::hedgeDelayMs).max().orElse(0) / 1e3);
    }

    /** Not a number if no event loop knows the replica's clock. */
    private static double furthestSkewS(Stream<Peer> peers) {
        return peers.flatMapToLong(peer -> peer.skewMs().stream())
                .mapToObj(skewMs -> skewMs / 1e3)
                .max(Comparator.comparing(Math::abs))
                .orElse(Double.NaN);
    }

    private interface OfPeers {
        double value(Stream<Peer> peers);
    }

    private void gauge(MeterRegistry registry, NodeId member, String name, String help, OfPeers value) {
        ToDoubleFunction<LoopMetrics> figure = each -> value.value(each.peers(member));
        Gauge.builder(name, this, figure)
                .description(help)
                .tag("replica", member.name())
                .register(registry);
    }

    /** What is to be shown from now on. A loop that did not answer keeps what is shown of all from going backwards. */
    void become(List<LoopFigures> fresh) {
        if (fresh.size() >= loops.size()) {
            loops = fresh;
        }
    }

    private double sum(ToLongFunction<LoopFigures> figure) {
        return loops.stream().mapToLong(figure).sum();
    }

    private double margin() {
        return loops.stream()
                .mapToInt(loop -> sizes.canLose(
                        (int) loop.peers().stream().filter(Peer::counts).count()))
                .min()
                .orElse(sizes.canLose(0));
    }

    private Stream<Peer> peers(NodeId member) {
        return loops.stream().flatMap(loop -> loop.peers().stream()).filter(peer -> peer.id()
                .equals(member));
    }

    private static double all(Stream<Peer> peers, Predicate<Peer> condition) {
        return peers.allMatch(condition) ? 1 : 0;
    }
}
