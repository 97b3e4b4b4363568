package io.quorate.node.lsm;

import com.sun.management.OperatingSystemMXBean;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.threads.StorageThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Overwrites random keys of one store and says how fast; run by hand: {@code directory writesPerSecond|0 seconds keys
 * valueBytes inFlight}. A rate of 0 means as fast as it goes. Then opens the store again and reads.
 */
final class StoreBenchmark {
    private final long[] latenciesNs = new long[4_000_000];
    private int completed;

    public static void main(String[] arguments) throws Exception {
        new StoreBenchmark()
                .run(
                        Path.of(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Integer.parseInt(arguments[4]),
                        Integer.parseInt(arguments[5]));
    }

    private void run(Path path, int rate, int seconds, int keys, int valueBytes, int inFlight) throws Exception {
        try (DataDirectory directory = DataDirectory.create(new RealDisk(path));
                StorageThreads threads = StorageThreads.start("bench")) {
            Store.create(directory);
            try (Store store = open(directory, threads)) {
                write(store, rate, seconds, keys, valueBytes, inFlight);
            }
            long start = SystemClock.INSTANCE.monotonicNs();
            try (Store store = open(directory, threads)) {
                say("reopened in %.2f s", (SystemClock.INSTANCE.monotonicNs() - start) / 1e9);
                read(store, keys);
            }
        }
    }

    private static Store open(DataDirectory directory, StorageThreads threads) throws Exception {
        return Store.open(directory, StoreOptions.DEFAULTS, threads.forStore(), failure -> {
            throw failure;
        });
    }

    private void write(Store store, int rate, int seconds, int keys, int valueBytes, int inFlight) throws Exception {
        Random random = new Random(1);
        Semaphore room = new Semaphore(inFlight);
        byte[] value = new byte[valueBytes];
        random.nextBytes(value);
        long cpuBefore = cpuNs();
        long start = SystemClock.INSTANCE.monotonicNs();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        long now = start;
        for (long i = 0; now < end; i++) {
            if (rate > 0) {
                long due = start + i * 1_000_000_000L / rate;
                while (now < due) {
                    LockSupport.parkNanos(Math.max(due - now, 200_000));
                    now = SystemClock.INSTANCE.monotonicNs();
                }
            }
            room.acquire();
            now = SystemClock.INSTANCE.monotonicNs();
            put(store, Key.of("key-" + random.nextInt(keys)), new Version(i + 1, 1, i, 0), value.clone(), now, room);
        }
        room.acquire(inFlight);
        double elapsed = (SystemClock.INSTANCE.monotonicNs() - start) / 1e9;
        say(
                "%d writes, %.0f/s, CPU %.2f us a write",
                completed, completed / elapsed, (cpuNs() - cpuBefore) / 1e3 / completed);
        int kept = Math.min(completed, latenciesNs.length);
        Arrays.sort(latenciesNs, 0, kept);
        for (double quantile : new double[] {0.5, 0.9, 0.99, 0.999, 1}) {
            say("  p%s %.2f ms", quantile * 100, latenciesNs[(int) ((kept - 1) * quantile)] / 1e6);
        }
        say("%s", store.statistics());
        say(
                "CPU of the log thread %.2f us a write, of the maintenance thread %.2f, of this one %.2f",
                threadCpuNs("bench-log") / 1e3 / completed,
                threadCpuNs("bench-maintenance") / 1e3 / completed,
                threadCpuNs("main") / 1e3 / completed);
        say(
                "GC ms %s",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(gc -> gc.getCollectionTime())
                        .sum());
    }

    private void put(Store store, Key key, Version version, byte[] value, long start, Semaphore room) {
        store.put(key, new Record(version, Value.of(value, Value.DEFAULT_CONTENT_TYPE)), new Completion() {
            @Override
            public void applied() {
                latenciesNs[completed++ % latenciesNs.length] = SystemClock.INSTANCE.monotonicNs() - start;
                room.release();
            }

            @Override
            public void refused(RefusedException why) {
                throw why;
            }

            @Override
            public void unknown(UnknownOutcomeException why) {
                throw why;
            }
        });
    }

    private static void read(Store store, int keys) {
        Random random = new Random(2);
        int count = 300_000;
        int found = 0;
        long start = SystemClock.INSTANCE.monotonicNs();
        for (int i = 0; i < count; i++) {
            found += store.get(Key.of("key-" + random.nextInt(keys))).isTombstone() ? 0 : 1;
        }
        say("%.2f us a get, %d of %d found", (SystemClock.INSTANCE.monotonicNs() - start) / 1e3 / count, found, count);
    }

    private static long threadCpuNs(String name) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread.getThreadName().equals(name))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private static long cpuNs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(format, arguments));
    }
}
