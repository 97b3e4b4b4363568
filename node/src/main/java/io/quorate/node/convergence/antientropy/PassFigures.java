package io.quorate.node.convergence.antientropy;

import io.quorate.node.lsm.failure.CorruptException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** What passes did at this node since its start. Safe for use by several threads. */
public final class PassFigures {
    private static final int DAMAGES_MAX = 100;

    private final LongAdder bytes = new LongAdder();
    private final LongAdder differences = new LongAdder();
    private final LongAdder repairs = new LongAdder();
    private final LongAdder passes = new LongAdder();
    private final Set<Damage> damages = new LinkedHashSet<>();

    /** Bytes on disk that are not what was written. */
    public record Damage(String file, long offset) {}

    public void read(long count) {
        bytes.add(count);
    }

    public void damaged(CorruptException damage) {
        synchronized (damages) {
            if (damages.size() < DAMAGES_MAX) {
                damages.add(new Damage(damage.path(), damage.offset()));
            }
        }
    }

    void differed(int keys) {
        differences.add(keys);
    }

    void repaired() {
        repairs.increment();
    }

    void passEnded() {
        passes.increment();
    }

    /** Bytes of keys and values that passes read in this node's store. */
    public long bytes() {
        return bytes.sum();
    }

    /** Keys that replicas did not agree on, in passes that this node drove. */
    public long differences() {
        return differences.sum();
    }

    /** Records that this node stored on replicas that lacked them. */
    public long repairs() {
        return repairs.sum();
    }

    /** Passes that this node drove to their end. */
    public long passes() {
        return passes.sum();
    }

    /** The first damages that passes met. */
    public List<Damage> damages() {
        synchronized (damages) {
            return List.copyOf(damages);
        }
    }
}
