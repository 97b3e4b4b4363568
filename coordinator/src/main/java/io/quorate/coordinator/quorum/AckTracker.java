package io.quorate.coordinator.quorum;

/**
 * Counts which replicas said yes and which said no. It decides as soon as {@code required} replicas have said yes, or
 * so many have said no that this can no longer happen. A replica counts once: its first answer counts, and a later one
 * changes nothing.
 */
public final class AckTracker {
    public static final int REPLICAS_MAX = 31;

    private final int replicas;
    private final int required;
    private int acked;
    private int refused;

    public AckTracker(int replicas, int required) {
        if (replicas < 1 || replicas > REPLICAS_MAX || required < 0 || required > replicas) {
            throw new IllegalArgumentException(required + " of " + replicas + " replicas");
        }
        this.replicas = replicas;
        this.required = required;
    }

    public Decision ack(int replica) {
        int bit = bit(replica);
        if ((refused & bit) == 0) {
            acked |= bit;
        }
        return decision();
    }

    public Decision refuse(int replica) {
        int bit = bit(replica);
        if ((acked & bit) == 0) {
            refused |= bit;
        }
        return decision();
    }

    public Decision decision() {
        if (Integer.bitCount(acked) >= required) {
            return Decision.REACHED;
        }
        return replicas - Integer.bitCount(refused) < required ? Decision.MISSED : Decision.PENDING;
    }

    public boolean hasAcked(int replica) {
        return (acked & bit(replica)) != 0;
    }

    public boolean hasAnswered(int replica) {
        return ((acked | refused) & bit(replica)) != 0;
    }

    public int acks() {
        return Integer.bitCount(acked);
    }

    public int required() {
        return required;
    }

    private int bit(int replica) {
        if (replica < 0 || replica >= replicas) {
            throw new IndexOutOfBoundsException("replica " + replica + " of " + replicas);
        }
        return 1 << replica;
    }
}
