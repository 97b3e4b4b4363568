package io.quorate.coordinator.round;

import io.quorate.common.model.Hint;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Notices which replicas missed a record, and asks another replica to keep a hint for them (DeCandia et al., "Dynamo",
 * SOSP '07, section 4.6). Unlike there, a hint never counts for a quorum (I10), and nothing waits for one.
 *
 * <p>A replica that is not sent the record at all is named in the {@link StoreRequest} itself. This class is for those
 * that were sent it, and failed or have not acknowledged it {@value #PATIENCE_MS} ms after the outcome. It collects
 * them for a moment. If this process ends before that, the hints are lost. Each event loop has one.
 */
public final class HintedHandoff {
    static final long PATIENCE_MS = 2_000;
    static final long COLLECT_MS = 100;

    /** Beyond that, the oldest deliveries count as missed early. */
    static final int FOLLOWED_MAX = 65_536;

    /** The same for the bytes of their keys. */
    static final long FOLLOWED_BYTES_MAX = 8 << 20;

    /** So many bytes of keys are sent at once. */
    private static final long COLLECTED_BYTES_MAX = 1 << 20;

    private final Clock clock;
    private final Scheduler scheduler;

    /** The beginning and the end of a ring of all deliveries, the oldest first. */
    private final Delivery ring = new Delivery(List.of(), List.of(), 0, any -> {});

    private final Map<Destination, List<Hint>> collected = new LinkedHashMap<>();
    private int followed;
    private long followedBytes;
    private long collectedBytes;
    private boolean ticking;

    /** @param keeper is asked to keep hints for the member with this place */
    private record Destination(ReplicaClient keeper, int target) {}

    public HintedHandoff(Clock clock, Scheduler scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * Sends a record that is chosen already to every reachable replica. No operation waits for the answers. A replica
     * that misses the record gets a hint.
     */
    public void spread(StoreRequest store, List<ReplicaClient> replicas) {
        int reachable = 0;
        for (int i = 0; i < replicas.size(); i++) {
            reachable |= replicas.get(i).reachability().isReachable() ? 1 << i : 0;
        }
        StoreRequest sent = store.withMissed(MemberPlaces.bits(replicas, ~reachable & ((1 << replicas.size()) - 1)));
        Delivery delivery = delivery(replicas, List.of(store.hint()), reachable);
        follow(delivery);
        for (int i = 0; i < replicas.size(); i++) {
            if ((reachable & 1 << i) != 0) {
                replicas.get(i).ask(sent, i, delivery);
            }
        }
    }

    /** Records on their way to these replicas, as bits. {@link #follow} follows. */
    Delivery delivery(List<ReplicaClient> replicas, List<Hint> hints, int sentTo) {
        return new Delivery(replicas, hints, sentTo, this::ended);
    }

    /** From now on the replicas that still owe their answers have {@value #PATIENCE_MS} ms. */
    void follow(Delivery delivery) {
        if (delivery.isOver()) {
            settle(delivery);
            return;
        }
        delivery.dueNs = clock.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        delivery.linkBefore(ring);
        followed++;
        followedBytes += delivery.keyBytes();
        while (followed > FOLLOWED_MAX || followedBytes > FOLLOWED_BYTES_MAX) {
            giveUp(ring.next);
        }
        tickLater();
    }

    /** All replicas of a delivery have answered or failed. */
    private void ended(Delivery delivery) {
        if (delivery.isLinked()) {
            unlink(delivery);
            settle(delivery);
        }
    }

    private void giveUp(Delivery delivery) {
        unlink(delivery);
        delivery.missOutstanding();
        settle(delivery);
    }

    private void unlink(Delivery delivery) {
        delivery.unlink();
        followed--;
        followedBytes -= delivery.keyBytes();
    }

    private void settle(Delivery delivery) {
        int missed = delivery.missed();
        int keeper = delivery.keeper();
        if (missed == 0 || keeper < 0) {
            return;
        }
        List<ReplicaClient> replicas = delivery.replicas();
        for (int i = 0; i < replicas.size(); i++) {
            if ((missed & 1 << i) != 0) {
                Destination destination = new Destination(replicas.get(keeper), MemberPlaces.of(replicas, i));
                collected
                        .computeIfAbsent(destination, none -> new ArrayList<>())
                        .addAll(delivery.hints());
                collectedBytes += delivery.keyBytes();
            }
        }
        if (collectedBytes > COLLECTED_BYTES_MAX) {
            send();
        }
        tickLater();
    }

    private void tickLater() {
        if (!ticking) {
            ticking = true;
            scheduler.after(COLLECT_MS, () -> {
                ticking = false;
                Defects.contain(this::tick);
            });
        }
    }

    private void tick() {
        long nowNs = clock.monotonicNs();
        while (ring.next != ring && ring.next.dueNs - nowNs <= 0) {
            giveUp(ring.next);
        }
        send();
        if (ring.next != ring) {
            tickLater();
        }
    }

    private void send() {
        collected.forEach((destination, hints) -> {
            for (int from = 0; from < hints.size(); from += Missed.HINTS_MAX) {
                List<Hint> some = hints.subList(from, Math.min(hints.size(), from + Missed.HINTS_MAX));
                destination.keeper().ask(new Missed(destination.target(), some), 0, IgnoredAnswers.INSTANCE);
            }
        });
        collected.clear();
        collectedBytes = 0;
    }
}
