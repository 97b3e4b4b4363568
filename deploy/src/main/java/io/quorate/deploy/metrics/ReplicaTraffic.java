package io.quorate.deploy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.replica.Traffic;
import java.util.concurrent.TimeUnit;

/**
 * How long one replica takes to answer. Answers that no operation waits for any more count too: they are the slow ones.
 */
final class ReplicaTraffic implements Traffic {
    private final Timer keys;
    private final Timer pages;
    private final Counter lost;
    private final Counter congested;
    private final Counter impossible;

    ReplicaTraffic(MeterRegistry registry, NodeId replica) {
        this.keys = timer(registry, replica, "key");
        this.pages = timer(registry, replica, "page");
        this.congested = Counter.builder("quorate.replica.congested")
                .description("Writes that were not sent to a replica, since too many bytes wait for it already")
                .tag("replica", replica.name())
                .register(registry);
        this.impossible = Counter.builder("quorate.replica.impossible")
                .description("Replies of a replica that did not count, since no honest process sends such numbers")
                .tag("replica", replica.name())
                .register(registry);
        this.lost = Counter.builder("quorate.replica.lost")
                .description("Requests to a replica that will not be answered: the connection broke, or it went silent")
                .tag("replica", replica.name())
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, NodeId replica, String of) {
        return Timer.builder("quorate.replica.answers")
                .description("How long a replica took to answer, late answers too: for one key, or a page of a scan")
                .tags("replica", replica.name(), "of", of)
                .serviceLevelObjectives(Buckets.REQUEST)
                .register(registry);
    }

    @Override
    public void answered(Reply reply, long elapsedNs) {
        switch (reply.subject()) {
            case KEY -> keys.record(elapsedNs, TimeUnit.NANOSECONDS);
            case PAGE -> pages.record(elapsedNs, TimeUnit.NANOSECONDS);
            case RANGE, PROCESS -> {}
        }
    }

    @Override
    public void congested() {
        congested.increment();
    }

    @Override
    public void impossible() {
        impossible.increment();
    }

    @Override
    public void lost(int requests) {
        lost.increment(requests);
    }
}
