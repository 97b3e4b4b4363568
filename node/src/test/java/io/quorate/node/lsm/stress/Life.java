package io.quorate.node.lsm.stress;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.view.RecordIterator;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** What callers do with an open store, from several threads, and what they must see. */
final class Life {
    private static final int IN_FLIGHT_MAX = 256;
    private static final int LATE_VERSIONS = 5;

    private final Store store;
    private final Pairs pairs;
    private final StressCounts counts;
    private final Consumer<Throwable> failures;
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);

    /** @param failures receives what a write must not end with */
    Life(Store store, Pairs pairs, StressCounts counts, Consumer<Throwable> failures) {
        this.store = store;
        this.pairs = pairs;
        this.counts = counts;
        this.failures = failures;
    }

    /** Writes one of the pairs of this writer. Some writes come late: a newer one of the pair is there already. */
    void write(Random random, int writer, int writers) {
        int pair = random.nextInt(Pairs.COUNT / writers) * writers + writer;
        long newest = pairs.nextVersion(pair);
        submit(pair, newest);
        if (random.nextInt(8) == 0 && newest > LATE_VERSIONS) {
            submit(pair, newest - random.nextInt(LATE_VERSIONS));
        }
    }

    private void submit(int pair, long version) {
        inFlight.acquireUninterruptibly();
        store.write(Pairs.batch(pair, version), new Completion() {
            @Override
            public void applied() {
                pairs.acknowledged(pair, version);
                inFlight.release();
            }

            @Override
            public void refused(RefusedException why) {
                fail(new AssertionError("a write was refused", why));
            }

            @Override
            public void unknown(UnknownOutcomeException why) {
                fail(new AssertionError("a write has no known outcome", why));
            }
        });
    }

    private void fail(AssertionError defect) {
        failures.accept(defect);
        inFlight.release();
    }

    /** All that was submitted has ended. */
    void awaitWrites() {
        inFlight.acquireUninterruptibly(IN_FLIGHT_MAX);
        inFlight.release(IN_FLIGHT_MAX);
    }

    void get(Random random) {
        int pair = random.nextInt(Pairs.COUNT);
        Key key = random.nextBoolean() ? Pairs.first(pair) : Pairs.second(pair);
        long floor = pairs.acknowledged(pair);
        if (random.nextInt(3) == 0) {
            Optional<Record> known = store.getFromMemory(key);
            known.ifPresent(record -> pairs.require("a get from memory", pair, record, floor));
        } else {
            pairs.require("a get", pair, store.get(key), floor);
        }
        counts.gets.increment();
    }

    void scan(Direction direction) {
        requireWholePairs("a scan " + direction, store, direction, pairs.floors());
        counts.scans.increment();
    }

    /** Both keys of each pair are there, in the same version, in order. */
    void requireWholePairs(String where, Store scanned, Direction direction, long[] floors) {
        long[] versions = new long[Pairs.COUNT];
        int[] keys = new int[Pairs.COUNT];
        Key last = null;
        try (RecordIterator scan = scanned.scan(KeyRange.ALL, direction)) {
            while (scan.advance()) {
                Key key = scan.key();
                int order = last == null ? 0 : key.compareTo(last);
                if (last != null && (direction == Direction.ASCENDING ? order <= 0 : order >= 0)) {
                    throw new AssertionError(where + " shows " + key + " after " + last);
                }
                last = key;
                int pair = Pairs.pairOf(key);
                long version = scan.record().version().timestamp();
                if (keys[pair]++ == 0) {
                    versions[pair] = version;
                } else if (versions[pair] != version) {
                    throw new AssertionError(
                            where + " shows pair " + pair + " in versions " + versions[pair] + " and " + version);
                }
                pairs.require(where, pair, scan.record(), floors[pair]);
                counts.scannedRecords.increment();
            }
        }
        requireAll(where, keys, floors);
    }

    private static void requireAll(String where, int[] keys, long[] floors) {
        for (int pair = 0; pair < Pairs.COUNT; pair++) {
            if (keys[pair] == 1 || keys[pair] == 0 && floors[pair] > 0) {
                throw new AssertionError(where + " shows " + keys[pair] + " keys of pair " + pair);
            }
        }
    }
}
