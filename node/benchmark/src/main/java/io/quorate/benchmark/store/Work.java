package io.quorate.benchmark.store;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** The operations of every case, on one engine. All that is read is compared with what was written. */
final class Work {
    private final Engine engine;
    private final KeySpace keys;
    private final Values values;
    private final long seed;

    Work(Engine engine, KeySpace keys, Values values, long seed) {
        this.engine = engine;
        this.keys = keys;
        this.values = values;
        this.seed = seed;
    }

    List<Workers> fillInOrder() {
        return List.of(new Workers("", 1, true, random -> puts(keys.count(), i -> i)));
    }

    List<Workers> fillShuffled() {
        ShuffledOrder order = new ShuffledOrder(keys.count(), seed);
        return List.of(new Workers("", 1, true, random -> puts(keys.count(), order::at)));
    }

    /** As many as there are keys, each any of them. */
    List<Workers> overwrites() {
        return List.of(new Workers("", 1, true, random -> puts(keys.count(), i -> random.nextInt(keys.count()))));
    }

    List<Workers> syncedPuts(int threads) {
        return List.of(new Workers("", threads, true, random -> () -> {
            int index = random.nextInt(keys.count());
            engine.putSynced(keys.key(index), values.of(index));
            return true;
        }));
    }

    List<Workers> hits(int threads) {
        return List.of(new Workers("", threads, false, this::hits));
    }

    List<Workers> misses(int threads) {
        return List.of(new Workers("", threads, false, random -> () -> {
            int index = random.nextInt(keys.count());
            require(engine.get(keys.absent(index)).isEmpty(), "a value after key " + index);
            return true;
        }));
    }

    List<Workers> scans(int entries) {
        int count = Math.min(entries, keys.count());
        return List.of(new Workers("", 1, false, random -> () -> {
            int from = random.nextInt(keys.count() - count + 1);
            require(engine.scan(keys.key(from), count) == count, "fewer than " + count + " entries from key " + from);
            return true;
        }));
    }

    List<Workers> hitsWhileWriting() {
        return List.of(
                new Workers("reads", 1, false, this::hits),
                new Workers("writes", 1, true, random -> puts(Integer.MAX_VALUE, i -> random.nextInt(keys.count()))));
    }

    /** Reads something of nearly every block. */
    void touchAll() {
        int stride = 1 + 8_000 / (KeySpace.KEY_BYTES + values.valueBytes());
        for (int index = 0; index < keys.count(); index += stride) {
            engine.get(keys.key(index));
        }
    }

    private Workers.Step hits(SplittableRandom random) {
        return () -> {
            hit(random.nextInt(keys.count()));
            return true;
        };
    }

    void hit(int index) {
        Optional<byte[]> value = engine.get(keys.key(index));
        require(value.isPresent() && values.isOf(index, value.get()), "no or a wrong value of key " + index);
    }

    private Workers.Step puts(int count, IntUnaryOperator order) {
        return new Workers.Step() {
            private int done;

            @Override
            public boolean next() {
                if (done == count) {
                    return false;
                }
                int index = order.applyAsInt(done++);
                engine.put(keys.key(index), values.of(index));
                return true;
            }

            @Override
            public void finish() {
                engine.awaitPuts();
            }
        };
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
