package io.quorate.node.convergence.antientropy;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.Clock;
import io.quorate.node.lsm.CheckpointReader;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Unattended;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.statistics.StoredContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * What this node remembers of passes: how far the last one is, and when each slot was verified last. Each node learns
 * it from the messages of the driver. So another node can go on where a driver died. It is durable, but not at once:
 * progress is written at most twice a minute, and the end of a pass always. A loss costs work only. Safe for use by
 * several threads.
 *
 * <pre>
 * keyspace META, version := (number of the write, 0, 0, 0)
 * pass     := number varint | started: ms varint | next: 0 or 1 u8, [key] | verified: slots | ended u8 | [fence u64]
 * verified := 256 times: ms since 1970 varint, 0: never
 * </pre>
 */
public final class PassMemory {
    static final Key PASS_KEY = Key.of("pass");
    static final Key VERIFIED_KEY = Key.of("verified");

    private static final long SAVED_EVERY_NS = TimeUnit.SECONDS.toNanos(30);

    /** A scan passes over fewer forgotten entries than these within a few milliseconds. */
    private static final int FLUSHED_MIN = 1_000;

    private final Store store;
    private final Clock clock;

    // Under the lock of this object.
    private final long[] verifiedMs;
    private PassProgress progress;
    private boolean ended;
    private long endedNs;
    private long writes;
    private long savedNs;
    private Optional<Long> hurriedAfter = Optional.empty();
    private Optional<PassListener> listener = Optional.empty();
    private long bytes;
    private long bytesOfLastPass;
    private long beganNs;
    private boolean knownFromBegin;
    private long tombstones;
    private Optional<Key> lastTombstone = Optional.empty();
    private OptionalLong tombstonesOfLastPass = OptionalLong.empty();

    /**
     * @param progress of the last pass that this node knows
     * @param ended whether that pass is over
     * @param endedNs when it ended here, by the monotonic clock, or when this process began
     * @param hurried whether an operator waits for the next whole pass
     */
    record PassState(PassProgress progress, boolean ended, long endedNs, boolean hurried) {}

    /**
     * What people see of it.
     *
     * @param bytes of this node's keys and values that the pass read so far
     * @param bytesOfLastPass how many the pass before read, or 0 if that is not known
     * @param elapsedMs since this node first met the pass
     * @param verifiedMs for each slot the begin of the last pass in which all holders agreed, or 0
     */
    public record Shown(
            PassProgress progress,
            boolean ended,
            boolean hurried,
            long bytes,
            long bytesOfLastPass,
            long elapsedMs,
            LongStream verifiedMs) {
        /**
         * Which part of the pass is behind, from 0 to 1, an estimate.
         *
         * @param stored in this node's store now. Much may have been written since the last pass
         */
        public double progress(StoredContent stored) {
            if (ended) {
                return 1;
            }
            long expected = Math.max(bytesOfLastPass, stored.bytes() + stored.entries() * PassOptions.ENTRY_BYTES);
            return Math.min(0.99, bytes / Math.max(1.0, expected));
        }
    }

    /** What a store holds of it. May block on the disk. */
    public PassMemory(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.endedNs = clock.monotonicNs();
        this.beganNs = endedNs;
        this.savedNs = endedNs;
        Record pass = store.get(Keyspace.META, PASS_KEY);
        Record verified = store.get(Keyspace.META, VERIFIED_KEY);
        writes = Math.max(pass.version().timestamp(), verified.version().timestamp());
        progress = PassProgress.NONE;
        ended = true;
        if (pass.content() instanceof Value value) {
            BytesReader in = new BytesReader(value.bytes());
            long number = in.readVarint();
            long startedMs = in.readVarint();
            Optional<Key> next = in.readFlag() ? Optional.of(RecordCodec.readKey(in)) : Optional.empty();
            SlotSet verifiedSoFar = SlotSet.read(in);
            ended = in.readFlag();
            long fence = in.remaining() == 0 ? 0 : in.readLong(); // an older process wrote none
            progress = new PassProgress(number, startedMs, fence, next, verifiedSoFar);
        }
        verifiedMs = new long[Slots.COUNT];
        if (verified.content() instanceof Value value) {
            BytesReader in = new BytesReader(value.bytes());
            for (int slot = 0; slot < Slots.COUNT; slot++) {
                verifiedMs[slot] = in.readVarint();
            }
        }
    }

    /** Erases what a checkpoint remembers. Where it is restored, the members are others, and agreed on nothing yet. */
    public static List<Write> erased(CheckpointReader checkpoint) throws IOException {
        List<Write> writes = new ArrayList<>();
        for (Key key : List.of(PASS_KEY, VERIFIED_KEY)) {
            long written = checkpoint.get(Keyspace.META, key).version().timestamp();
            Record nothing = new Record(new Version(written + 1, 0, 0, 0), Tombstone.TOMBSTONE);
            writes.add(new Write(Keyspace.META, key, nothing));
        }
        return writes;
    }

    /** @param watching is called under a lock, and must not wait */
    public synchronized void watch(PassListener watching) {
        listener = Optional.of(watching);
    }

    synchronized PassState state() {
        return new PassState(progress, ended, endedNs, hurriedAfter.isPresent());
    }

    public synchronized Shown shown() {
        return new Shown(
                progress,
                ended,
                hurriedAfter.isPresent(),
                bytes,
                bytesOfLastPass,
                TimeUnit.NANOSECONDS.toMillis((ended ? endedNs : clock.monotonicNs()) - beganNs),
                LongStream.of(verifiedMs.clone()));
    }

    /** An operator wants a whole pass that begins from now on, as fast as it may be. */
    public synchronized void hurry() {
        hurriedAfter = Optional.of(progress.number());
    }

    public synchronized boolean isHurried() {
        return hurriedAfter.isPresent();
    }

    /** A driver is this far. Progress of an earlier pass says nothing any more. */
    public synchronized void reached(PassProgress reached) {
        if (reached.number() < progress.number() || reached.number() == progress.number() && ended) {
            return;
        }
        if (reached.number() > progress.number()) {
            begin();
            knownFromBegin = reached.next().isEmpty();
            if (reached.next().isEmpty()) {
                listener.ifPresent(each -> each.began(reached.number()));
            }
        }
        progress = reached;
        if (clock.monotonicNs() - savedNs > SAVED_EVERY_NS) {
            save(List.of(PASS_KEY));
        }
    }

    private void begin() {
        bytesOfLastPass = ended ? bytes : 0;
        bytes = 0;
        tombstones = 0;
        lastTombstone = Optional.empty();
        ended = false;
        beganNs = clock.monotonicNs();
    }

    /** The pass read so many bytes here. */
    public synchronized void read(long number, long count) {
        bytes += number == progress.number() ? count : 0;
    }

    /** The pass met a tombstone here. A range that is read again meets it again, which does not count. */
    public synchronized void metTombstone(long number, Key key) {
        if (number == progress.number()
                && lastTombstone.filter(last -> last.compareTo(key) >= 0).isEmpty()) {
            tombstones++;
            lastTombstone = Optional.of(key);
        }
    }

    /** How many tombstones this node held in the last whole pass, or empty if there was none since its start. */
    public synchronized OptionalLong tombstones() {
        return tombstonesOfLastPass;
    }

    /** A pass is over. */
    public synchronized void ended(PassProgress end) {
        if (end.number() < progress.number() || ended && end.number() == progress.number()) {
            return;
        }
        if (!ended && knownFromBegin && end.number() == progress.number()) {
            tombstonesOfLastPass = OptionalLong.of(tombstones);
        }
        progress = end;
        ended = true;
        endedNs = clock.monotonicNs();
        // A driver's clock may be ahead. A time to come would hide for as long that nothing is verified any more.
        long startedMs = Math.min(end.startedMs(), clock.wallMs());
        end.verified().stream().forEach(slot -> verifiedMs[slot] = startedMs);
        hurriedAfter = hurriedAfter.filter(number -> end.number() <= number);
        if (end.verified().equals(SlotSet.ALL)) {
            listener.ifPresent(each -> each.verifiedAll(end.number()));
        }
        save(List.of(PASS_KEY, VERIFIED_KEY));
        store.flushForgotten(FLUSHED_MIN);
    }

    private void save(List<Key> keys) {
        savedNs = clock.monotonicNs();
        writes++;
        List<Write> batch = new ArrayList<>();
        for (Key key : keys) {
            Value value = Value.of(
                    key.equals(PASS_KEY) ? encodedPass() : encodedVerified(),
                    Value.DEFAULT_CONTENT_TYPE,
                    Value.NEVER_EXPIRES);
            batch.add(new Write(Keyspace.META, key, new Record(new Version(writes, 0, 0, 0), value)));
        }
        store.write(batch, Unattended.INSTANCE);
    }

    private byte[] encodedPass() {
        BytesWriter out = new BytesWriter(64);
        out.writeVarint(progress.number());
        out.writeVarint(progress.startedMs());
        out.writeFlag(progress.next().isPresent());
        progress.next().ifPresent(key -> RecordCodec.writeKey(out, key));
        progress.verified().write(out);
        out.writeFlag(ended);
        out.writeLong(progress.fence());
        return out.toByteArray();
    }

    private byte[] encodedVerified() {
        BytesWriter out = new BytesWriter(6 * Slots.COUNT);
        LongStream.of(verifiedMs).forEach(out::writeVarint);
        return out.toByteArray();
    }
}
