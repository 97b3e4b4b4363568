package io.quorate.node.lsm.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A disk in memory that crashes. It keeps, of each file and of the directory, what processes see ({@code live}), what
 * would survive a loss of power ({@code durable}), and the steps between the two that no force has confirmed yet.
 *
 * <p>A crash strikes before an operation chosen by its index, which counts the operations that change something. After
 * it every operation fails, as nothing of the crashed process goes on, until {@link #losePower} or {@link #killProcess}
 * says what remains. That a crash strikes <em>during</em> an operation is covered by those that strike after it and keep
 * a part of it.
 */
public final class CrashDisk implements Disk {
    private static final int SECTOR_BYTES = 512;

    /** What may be chosen for a crash, a failure or an omission. Reads do not change anything and cannot be. */
    public enum Kind {
        CREATE,
        WRITE,
        FORCE,
        RENAME,
        DELETE,
        FORCE_DIRECTORY
    }

    /**
     * One operation.
     *
     * @param name the file; for a force of the directory, the name that was given or taken last
     * @param nth how many of this kind the file has had since it got its name
     */
    public record Operation(long index, Kind kind, String name, int nth) {}

    /** What survives of the steps that no force has confirmed. */
    public enum Survivors {
        NOTHING,
        EVERYTHING,
        /** All up to some moment. */
        PREFIX,
        /** Any of the steps; of a write any of its sectors. */
        ANY,
        /** Files are as long as they were, but hold zeros instead of what was written. */
        SIZES_WITHOUT_DATA
    }

    private final Map<String, Content> live = new TreeMap<>();
    private final Map<String, Content> durable = new TreeMap<>();
    private final List<NameStep> nameSteps = new ArrayList<>();
    private final Set<String> locks = new HashSet<>();
    private final List<Operation> trace = new ArrayList<>();
    private long stamp;
    private long operations;
    private long crashAt = Long.MAX_VALUE;
    private int life;
    private int openFiles;
    private boolean crashed;
    private Predicate<Operation> omitted = operation -> false;
    private Predicate<Operation> failing = operation -> false;
    private Optional<Random> shortTransfers = Optional.empty();

    // ---- control ----

    /** Crashes before the operation of that index. */
    public synchronized void crashAt(long index) {
        crashAt = index;
    }

    /** How many operations that change something there were. */
    public synchronized long operations() {
        return operations;
    }

    public synchronized boolean isCrashed() {
        return crashed;
    }

    /** All operations that change something, for messages and for choosing among them. */
    public synchronized List<Operation> trace() {
        return List.copyOf(trace);
    }

    /** Forces that this is true of do nothing and say that they did. */
    public synchronized void omit(Predicate<Operation> forces) {
        omitted = forces;
    }

    /**
     * Operations that this is true of fail. A force that fails leaves what it should have forced readable, takes it for
     * written, so that later forces succeed without it, and a loss of power loses it, as on Linux.
     */
    public synchronized void fail(Predicate<Operation> operations) {
        failing = operations;
    }

    /** From now on, reads and writes do a part of what they are asked for. */
    public synchronized void transferShort(Random random) {
        shortTransfers = Optional.of(random);
    }

    public synchronized int openFiles() {
        return openFiles;
    }

    /** Ends the process: its handles and locks are gone, what it wrote can still be read. */
    public synchronized void killProcess() {
        life++;
        openFiles = 0;
        locks.clear();
        crashed = false;
        crashAt = Long.MAX_VALUE;
        operations = 0;
        trace.clear();
    }

    /** Ends the process, and takes the power away: what was not forced survives as told. */
    public synchronized void losePower(Survivors survivors, Random random) {
        killProcess();
        long cut = stamp == 0 ? 0 : random.nextLong(stamp + 1);
        for (Content content : contents()) {
            content.losePower(survivors, cut, random);
        }
        for (NameStep step : nameSteps) {
            if (survives(survivors, step.stamp, cut, random)) {
                step.applyTo(durable);
            }
        }
        nameSteps.clear();
        live.clear();
        live.putAll(durable);
    }

    private static boolean survives(Survivors survivors, long at, long cut, Random random) {
        return switch (survivors) {
            case NOTHING -> false;
            case EVERYTHING, SIZES_WITHOUT_DATA -> true;
            case PREFIX -> at < cut;
            case ANY -> random.nextBoolean();
        };
    }

    private Set<Content> contents() {
        Set<Content> all = new LinkedHashSet<>(live.values());
        all.addAll(durable.values());
        nameSteps.forEach(step -> all.add(step.content));
        return all;
    }

    /** Flips a bit of a file, durably. */
    public synchronized void rot(String name, long offset, int bit) {
        Content content = live.get(name);
        content.live[(int) offset] ^= (byte) (1 << bit);
        content.durable = Arrays.copyOf(content.live, content.liveSize);
    }

    /** Cuts a file off, durably. */
    public synchronized void truncate(String name, int size) {
        Content content = live.get(name);
        content.liveSize = size;
        content.durable = Arrays.copyOf(content.live, size);
    }

    /** Puts a file there, durably. */
    public synchronized void plant(String name, byte[] bytes) {
        Content content = new Content();
        content.live = bytes.clone();
        content.liveSize = bytes.length;
        content.durable = bytes.clone();
        live.put(name, content);
        durable.put(name, content);
    }

    /** Another disk with the same files, all durable, and no history. */
    public synchronized CrashDisk copy() {
        CrashDisk copy = new CrashDisk();
        live.keySet().forEach(name -> copy.plant(name, read(name)));
        return copy;
    }

    /** Loses a file, durably. */
    public synchronized void lose(String name) {
        live.remove(name);
        durable.remove(name);
    }

    public synchronized byte[] read(String name) {
        Content content = live.get(name);
        return Arrays.copyOf(content.live, content.liveSize);
    }

    // ---- the disk ----

    @Override
    public String pathOf(String name) {
        return "crash-disk/" + name;
    }

    @Override
    public boolean isDirectory() {
        return true;
    }

    @Override
    public void createDirectory() {}

    @Override
    public synchronized List<String> list() throws IOException {
        requireRunning();
        return List.copyOf(live.keySet());
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        begin(Kind.CREATE, name, 0);
        if (live.containsKey(name)) {
            throw new IOException(name + " exists");
        }
        Content content = new Content();
        stepName(new NameStep(stamp++, "", name, content));
        return new Handle(name, content);
    }

    @Override
    public synchronized DiskFile open(String name) throws IOException {
        requireRunning();
        if (!live.containsKey(name)) {
            throw new IOException(name + " does not exist");
        }
        return new Handle(name, live.get(name));
    }

    /** Counts as the making of a file in the other directory. What is linked must be durable. */
    @Override
    public boolean tryLink(String name, Disk other) throws IOException {
        Content content;
        synchronized (this) {
            requireRunning();
            content = live.get(name);
        }
        return content != null && other instanceof CrashDisk target && target.adopt(name, content);
    }

    private synchronized boolean adopt(String name, Content content) throws IOException {
        begin(Kind.CREATE, name, 0);
        if (live.containsKey(name)) {
            throw new IOException(name + " exists");
        }
        stepName(new NameStep(stamp++, "", name, content));
        return true;
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        begin(Kind.RENAME, from, 0);
        Content content = live.get(from);
        if (content == null) {
            throw new IOException(from + " does not exist");
        }
        content.forces = 0;
        stepName(new NameStep(stamp++, from, to, content));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        begin(Kind.DELETE, name, 0);
        Content content = live.get(name);
        if (content == null) {
            throw new IOException(name + " does not exist");
        }
        stepName(new NameStep(stamp++, name, "", content));
    }

    private void stepName(NameStep step) {
        step.applyTo(live);
        nameSteps.add(step);
    }

    @Override
    public synchronized void forceDirectory() throws IOException {
        String last =
                nameSteps.isEmpty() ? "" : nameSteps.get(nameSteps.size() - 1).name();
        if (!omitted.test(begin(Kind.FORCE_DIRECTORY, last, 0))) {
            nameSteps.forEach(step -> step.applyTo(durable));
            nameSteps.clear();
        }
    }

    @Override
    public synchronized Optional<DiskLock> tryLock(String name) throws IOException {
        requireRunning();
        if (!live.containsKey(name)) {
            stepName(new NameStep(stamp++, "", name, new Content()));
        }
        int owner = life;
        return locks.add(name) ? Optional.of(() -> unlock(name, owner)) : Optional.empty();
    }

    private synchronized void unlock(String name, int owner) {
        if (owner == life) {
            locks.remove(name);
        }
    }

    private Operation begin(Kind kind, String name, int nth) throws IOException {
        requireRunning();
        if (operations == crashAt) {
            crashed = true;
            requireRunning();
        }
        Operation operation = new Operation(operations++, kind, name, nth);
        trace.add(operation);
        if (kind != Kind.FORCE && failing.test(operation)) {
            throw new IOException("planned failure of " + operation);
        }
        return operation;
    }

    private void requireRunning() throws IOException {
        if (crashed) {
            throw new IOException("crashed");
        }
    }

    /** A change of a name: given if {@code from} is empty, taken if {@code to} is, otherwise changed. */
    private record NameStep(long stamp, String from, String to, Content content) {
        void applyTo(Map<String, Content> names) {
            if (!from.isEmpty() && names.get(from) == content) {
                names.remove(from);
            }
            if (!to.isEmpty()) {
                names.put(to, content);
            }
        }

        String name() {
            return to.isEmpty() ? from : to;
        }
    }

    private record DataStep(long stamp, int position, byte[] bytes) {}

    /** What is in a file, whatever it is called. */
    private static final class Content {
        private byte[] live = new byte[0];
        private int liveSize;
        private byte[] durable = new byte[0];
        private final List<DataStep> steps = new ArrayList<>();
        private int forces;

        void write(long stamp, int position, byte[] bytes) {
            int end = position + bytes.length;
            if (end > live.length) {
                live = Arrays.copyOf(live, Math.max(end, live.length * 2));
            }
            System.arraycopy(bytes, 0, live, position, bytes.length);
            liveSize = Math.max(liveSize, end);
            steps.add(new DataStep(stamp, position, bytes));
        }

        void force() {
            steps.forEach(step -> persist(step, 0, step.bytes.length));
            steps.clear();
        }

        private void persist(DataStep step, int from, int to) {
            reach(step.position + to);
            System.arraycopy(step.bytes, from, durable, step.position + from, to - from);
        }

        private void reach(int size) {
            if (size > durable.length) {
                durable = Arrays.copyOf(durable, size);
            }
        }

        void losePower(Survivors survivors, long cut, Random random) {
            for (DataStep step : steps) {
                switch (survivors) {
                    case ANY -> persistSomeSectors(step, random);
                    case SIZES_WITHOUT_DATA -> reach(step.position + step.bytes.length);
                    default -> {
                        if (survives(survivors, step.stamp, cut, random)) {
                            persist(step, 0, step.bytes.length);
                        }
                    }
                }
            }
            steps.clear();
            live = durable.clone();
            liveSize = durable.length;
        }

        private void persistSomeSectors(DataStep step, Random random) {
            int from = 0;
            while (from < step.bytes.length) {
                int boundary = SECTOR_BYTES - (step.position + from) % SECTOR_BYTES;
                int to = Math.min(step.bytes.length, from + boundary);
                if (random.nextBoolean()) {
                    persist(step, from, to);
                }
                from = to;
            }
        }
    }

    private final class Handle implements DiskFile {
        private final String name;
        private final Content content;
        private final int owner = life;
        private boolean closed;
        private boolean spoiled;

        Handle(String name, Content content) {
            this.name = name;
            this.content = content;
            openFiles++;
        }

        private void requireOpen() throws IOException {
            requireRunning();
            if (owner != life || closed) {
                throw new IOException("the handle of " + name + " is closed");
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (CrashDisk.this) {
                requireOpen();
                return content.liveSize;
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            synchronized (CrashDisk.this) {
                requireOpen();
                int count = shorten((int) Math.min(target.remaining(), content.liveSize - position));
                if (count <= 0) {
                    return -1;
                }
                target.put(content.live, (int) position, count);
                return count;
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            synchronized (CrashDisk.this) {
                requireOpen();
                if (spoiled) {
                    throw new AssertionError("a write to " + name + " after its force failed");
                }
                begin(Kind.WRITE, name, 0);
                byte[] bytes = new byte[shorten(source.remaining())];
                source.get(bytes);
                content.write(stamp++, (int) position, bytes);
                return bytes.length;
            }
        }

        private int shorten(int count) {
            return count > 1 && shortTransfers.isPresent()
                    ? 1 + shortTransfers.get().nextInt(count)
                    : count;
        }

        @Override
        public void force() throws IOException {
            synchronized (CrashDisk.this) {
                requireOpen();
                if (spoiled) {
                    throw new AssertionError("a second force of " + name + " after one failed");
                }
                Operation operation = begin(Kind.FORCE, name, content.forces++);
                if (failing.test(operation)) {
                    spoiled = true;
                    content.steps.clear();
                    throw new IOException("planned failure of " + operation);
                }
                if (!omitted.test(operation)) {
                    content.force();
                }
            }
        }

        @Override
        public void close() {
            synchronized (CrashDisk.this) {
                if (!closed && owner == life) {
                    openFiles--;
                }
                closed = true;
            }
        }
    }
}
