package io.quorate.coordinator.replica;

import io.quorate.common.model.Record;
import io.quorate.common.model.Value;

/**
 * Judges whether values have expired. Nothing else does. The judge's time is the median of the cluster's clocks, so one
 * wrong clock neither shortens nor prolongs the life of a value. Of two clocks in the middle it takes the earlier,
 * since a value that lives too long is the lesser evil.
 *
 * <p>No guarantee needs this time to be right, or to be the same at two coordinators: see {@code ReadOperation}.
 */
public final class ClusterTime {
    private final PeerClocks clocks;

    public ClusterTime(PeerClocks clocks) {
        this.clocks = clocks;
    }

    /** Milliseconds since 1970. It may jump either way. */
    public long nowMs() {
        return clocks.medianMs();
    }

    /** When a value expires that is written now. */
    public long expiresAtMs(long ttlMs) {
        return Math.addExact(nowMs(), ttlMs);
    }

    /** How long a value still lives that had not expired when it was last judged. Never negative. */
    public long remainingMs(long expiresAtMs) {
        return Math.max(0, expiresAtMs - nowMs());
    }

    public boolean isOver(long expiresAtMs) {
        return expiresAtMs != Value.NEVER_EXPIRES && nowMs() >= expiresAtMs;
    }

    /** How a record reads now: as it is, or as its expiry. */
    public Record asItReads(Record record) {
        return record.content() instanceof Value value && isOver(value.expiresAtMs()) ? record.expired() : record;
    }
}
