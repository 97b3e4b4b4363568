package io.quorate.coordinator.round;

import io.quorate.common.model.VotingStatus;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.List;

/**
 * The space that a write takes in the outboxes of its replicas, before its first message. So a write learns of
 * congestion before it has any effect. It is then refused, or it goes on without the congested replicas while the
 * others are enough.
 *
 * <p>The space for one replica is given back when the record is sent to it. From then on the record itself takes space.
 * The rest is given back when the write ends. Owned by the operation's event loop.
 */
public final class WriteSpace {
    /** About what a record takes besides its content. */
    private static final int SURROUNDINGS_BYTES = 256;

    private final List<ReplicaClient> replicas;
    private long bytes;
    private int taken;
    private int congested;

    private WriteSpace(List<ReplicaClient> replicas, long bytes) {
        this.replicas = replicas;
        this.bytes = bytes;
    }

    /** No space, for a round that sends nothing large, or whose record is known too late. No replica is congested. */
    public static WriteSpace none() {
        return new WriteSpace(List.of(), 0);
    }

    /** Takes space at each replica that can be reached and is not congested. */
    public static WriteSpace take(List<ReplicaClient> replicas, long contentBytes) {
        WriteSpace space = new WriteSpace(replicas, contentBytes + SURROUNDINGS_BYTES);
        space.takeMissing();
        return space;
    }

    /**
     * Takes space for a record that is known now, in place of what was taken before: how much a function makes was a
     * guess. Takes space again where it was given back, and looks again where there was none.
     */
    public void takeFor(long contentBytes) {
        long needed = contentBytes + SURROUNDINGS_BYTES;
        if (needed > bytes) {
            giveBackRest();
        } else if (needed < bytes) {
            giveBackOfEach(bytes - needed); // the rest stays reserved, however much waits by now
        }
        bytes = needed;
        takeMissing();
    }

    private void giveBackOfEach(long surplus) {
        for (int i = 0; i < replicas.size(); i++) {
            if ((taken & 1 << i) != 0) {
                replicas.get(i).giveBack(surplus);
            }
        }
    }

    private void takeMissing() {
        congested = 0;
        for (int i = 0; i < replicas.size(); i++) {
            if ((taken & 1 << i) == 0 && replicas.get(i).reachability().isReachable()) {
                if (replicas.get(i).reserve(bytes)) {
                    taken |= 1 << i;
                } else {
                    congested |= 1 << i;
                }
            }
        }
    }

    /** Whether the replica has too much to take already. It must not get the record. */
    public boolean isCongested(int replica) {
        return (congested & 1 << replica) != 0;
    }

    /**
     * Whether congestion alone keeps the write from {@code required} replicas. If too few can be reached anyway, it
     * does not: then the round says so.
     */
    public boolean isTooCongestedFor(int required) {
        int voters = 0;
        int ready = 0;
        for (int i = 0; i < replicas.size(); i++) {
            if (replicas.get(i).votingStatus() == VotingStatus.VOTING
                    && replicas.get(i).reachability().isReachable()) {
                voters++;
                ready += isCongested(i) ? 0 : 1;
            }
        }
        return voters >= required && ready < required;
    }

    /** The same preference, with the congested replicas at its end. */
    public int[] congestedLast(int[] preference) {
        if (congested == 0) {
            return preference;
        }
        int[] order = new int[preference.length];
        int filled = 0;
        for (int replica : preference) {
            if (!isCongested(replica)) {
                order[filled++] = replica;
            }
        }
        for (int replica : preference) {
            if (isCongested(replica)) {
                order[filled++] = replica;
            }
        }
        return order;
    }

    /**
     * The record is about to be sent to this replica.
     *
     * @return how many bytes were taken for it, and have to be given back with it. 0 if none
     */
    long handOver(int replica) {
        boolean isTaken = (taken & 1 << replica) != 0;
        taken &= ~(1 << replica);
        return isTaken ? bytes : 0;
    }

    /** The record is sent to nobody any more. */
    public void giveBackRest() {
        for (int i = 0; i < replicas.size(); i++) {
            long left = handOver(i);
            if (left > 0) {
                replicas.get(i).giveBack(left);
            }
        }
    }
}
