package io.quorate.node.lsm.memtable;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The memtable beside a map of objects. Run it by hand. {@code time entries valueBytes} compares the time of puts and
 * gets and the bytes per entry in one process. {@code pauses outside|heap|objects valueBytes} writes 1.25 GiB of new
 * keys through memtables of 64 MiB of content, of which three are live, and prints how long the collector stopped the
 * process. Run it with a node's heap and collector.
 */
final class MemtableBenchmark {
    private static final int ROUNDS = 2;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final long CONTENT_BYTES = 64 << 20;
    private static final int LIVE = 3;

    /** By the collector's name, in ms. */
    private static final Map<String, Long> longest = new ConcurrentHashMap<>();

    /** What is compared. */
    private interface Subject {
        void put(Key key, Record record, long sequence);

        /** After the last put of many. */
        default void finishPuts() {}

        Optional<Record> get(Key key);

        void release();

        /** Memory outside the heap. */
        long bytesOutside();
    }

    private static final class Objects implements Subject {
        private final ConcurrentSkipListMap<Key, Record> map = new ConcurrentSkipListMap<>();

        @Override
        public void put(Key key, Record record, long sequence) {
            map.merge(key, record, Record::newest);
        }

        @Override
        public Optional<Record> get(Key key) {
            return Optional.ofNullable(map.get(key));
        }

        @Override
        public void release() {}

        @Override
        public long bytesOutside() {
            return 0;
        }
    }

    private record Arenas(Memtable memtable, ChunkPool pool) implements Subject {
        @Override
        public void put(Key key, Record record, long sequence) {
            memtable.collect(key, record, sequence);
        }

        @Override
        public void finishPuts() {
            memtable.putCollected();
        }

        @Override
        public Optional<Record> get(Key key) {
            return memtable.get(key);
        }

        @Override
        public void release() {
            memtable.release();
        }

        @Override
        public long bytesOutside() {
            return (long) pool.inUse() * CHUNK_BYTES;
        }
    }

    public static void main(String[] arguments) {
        int valueBytes = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("time")) {
            time(Integer.parseInt(arguments[1]), valueBytes);
        } else {
            pauses(subject(arguments[1]), arguments[1], valueBytes);
        }
    }

    private static Supplier<Subject> subject(String name) {
        return switch (name) {
            case "objects" -> Objects::new;
            case "outside" -> arenas(ByteBuffer::allocateDirect);
            case "heap" -> arenas(ByteBuffer::allocate);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Supplier<Subject> arenas(IntFunction<ByteBuffer> allocator) {
        ChunkPool pool = new ChunkPool(CHUNK_BYTES, 1_000, allocator);
        return () -> new Arenas(new Memtable(0, pool), pool);
    }

    private static void time(int entries, int valueBytes) {
        byte[][] keys = new byte[entries][];
        Random random = new Random(1);
        for (int i = 0; i < entries; i++) {
            keys[i] = HexFormat.of().toHexDigits(random.nextLong()).getBytes(US_ASCII);
        }
        Map<String, double[]> best = new TreeMap<>();
        Map<String, Supplier<Subject>> subjects = Map.of("objects", subject("objects"), "outside", subject("outside"));
        for (int round = 0; round < ROUNDS; round++) {
            subjects.forEach((name, maker) -> {
                double[] measured = timeOne(maker.get(), keys, valueBytes);
                say(
                        "  %s: put %.0f ns, overwrite %.0f ns, get %.0f ns, miss %.0f ns, %.0f bytes an entry",
                        name, measured[0], measured[1], measured[2], measured[3], measured[4]);
                best.merge(name, measured, MemtableBenchmark::leastOfEach);
            });
        }
        double[] objects = best.get("objects");
        double[] outside = best.get("outside");
        say("%d entries of 16 + %d bytes, the best of %d rounds, objects / arena", entries, valueBytes, ROUNDS);
        String[] what = {"put ns", "overwrite ns", "get ns", "miss ns", "bytes an entry"};
        for (int i = 0; i < what.length; i++) {
            say("%16s %6.0f / %6.0f = %.2f", what[i], objects[i], outside[i], objects[i] / outside[i]);
        }
    }

    private static double[] leastOfEach(double[] a, double[] b) {
        double[] least = a.clone();
        Arrays.setAll(least, i -> Math.min(a[i], b[i]));
        return least;
    }

    private static double[] timeOne(Subject subject, byte[][] keys, int valueBytes) {
        int entries = keys.length;
        long heapBefore = heapBytes();
        double put = puts(subject, keys, valueBytes, 1, 1);
        double bytes = (heapBytes() - heapBefore + subject.bytesOutside()) / (double) entries;
        double get = gets(subject, keys, 0);
        double miss = gets(subject, keys, 1);
        double overwrite = puts(subject, keys, valueBytes, entries + 1L, 10);
        subject.release();
        return new double[] {put, overwrite, get, miss, bytes};
    }

    private static double puts(Subject subject, byte[][] keys, int valueBytes, long firstVersion, int oneIn) {
        Random random = new Random(2);
        int count = keys.length / oneIn;
        long start = cpuNs();
        for (int i = 0; i < count; i++) {
            byte[] key = keys[oneIn == 1 ? i : random.nextInt(keys.length)];
            subject.put(Key.of(key.clone()), record(firstVersion + i, valueBytes), firstVersion + i);
        }
        subject.finishPuts();
        return (cpuNs() - start) / (double) count;
    }

    private static Record record(long version, int valueBytes) {
        return new Record(
                new Version(version, 1, version, 0), Value.of(new byte[valueBytes], Value.DEFAULT_CONTENT_TYPE));
    }

    private static double gets(Subject subject, byte[][] keys, int change) {
        Random random = new Random(3);
        int count = Math.min(keys.length, 300_000);
        int found = 0;
        long start = cpuNs();
        for (int i = 0; i < count; i++) {
            byte[] key = keys[random.nextInt(keys.length)].clone();
            key[15] += (byte) (change * 64);
            found += subject.get(Key.of(key)).isPresent() ? 1 : 0;
        }
        double each = (cpuNs() - start) / (double) count;
        if (found != (change == 0 ? count : 0)) {
            throw new IllegalStateException(found + " found of " + count);
        }
        return each;
    }

    /** Of this thread, so that neither the collector nor other processes count. */
    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void pauses(Supplier<Subject> maker, String name, int valueBytes) {
        watchPauses();
        ArrayDeque<Subject> live = new ArrayDeque<>();
        Random random = new Random(1);
        long perMemtable = CONTENT_BYTES / (16 + valueBytes);
        long memtables = 20;
        long start = cpuNs();
        for (int i = 0; i < memtables; i++) {
            Subject active = maker.get();
            live.add(active);
            for (long n = 0; n < perMemtable; n++) {
                byte[] key = new byte[16];
                random.nextBytes(key);
                active.put(Key.of(key), record(n + 1, valueBytes), n + 1);
            }
            if (live.size() == LIVE) {
                live.remove().release();
            }
        }
        double seconds = (cpuNs() - start) / 1e9;
        say(
                "%s, 16 + %d bytes: %.2f s of CPU, %.0f ns a put",
                name, valueBytes, seconds, seconds * 1e9 / memtables / perMemtable);
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            say(
                    "  %s: %d pauses, %d ms together, the longest %d ms",
                    gc.getName(),
                    gc.getCollectionCount(),
                    gc.getCollectionTime(),
                    longest.getOrDefault(gc.getName(), 0L));
        }
    }

    private static void watchPauses() {
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) gc)
                    .addNotificationListener(
                            (notification, handback) -> {
                                GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                longest.merge(info.getGcName(), info.getGcInfo().getDuration(), Math::max);
                            },
                            null,
                            null);
        }
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(format, arguments));
    }
}
