package io.quorate.node.lsm.crashdisk;

import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.disk.OutOfDescriptorsException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A disk in memory that crashes. For each file and for the directory it keeps the state that processes see, the state
 * that a loss of power would leave, and the steps between the two. No force has confirmed those steps yet.
 *
 * <p>A crash strikes before an operation chosen by its index, which counts the operations that change something. After
 * it every operation fails, because the process has crashed. {@link #losePower} or {@link #killProcess} then decides
 * what remains. After {@link #killProcess} a new process may run and lose power later. A crash <em>during</em> an
 * operation needs no case of its own: a crash after it may keep a part of it.
 */
public final class CrashDisk implements Disk {
    /** A limit that no run reaches. */
    public static final long NO_LIMIT_BYTES = 1L << 40;

    private static final int EVENTS_TOLD = 60;

    private final Random salts;
    private final Names names = new Names();
    private final Faults faults = new Faults();
    private final Set<String> locks = new HashSet<>();
    private final Set<CrashFile> open = new LinkedHashSet<>();
    private final List<Operation> trace = new ArrayList<>();
    private final ArrayDeque<String> story = new ArrayDeque<>();
    private Consumer<Operation> watch = operation -> {};
    private boolean directoryIsThere;
    private boolean directoryIsDurable;
    private long directoryStamp;
    private long stamp;
    private long crashAt = Long.MAX_VALUE;
    private long descriptorCalls;
    private int life;
    private boolean crashed;

    private CrashDisk(boolean withDirectory, long saltSeed) {
        salts = new Random(saltSeed);
        directoryIsThere = withDirectory;
        directoryIsDurable = withDirectory;
    }

    /** An empty directory, which is durable. */
    public CrashDisk() {
        this(true, 1);
    }

    public static CrashDisk withoutDirectory() {
        return new CrashDisk(false, 1);
    }

    // ---- control ----

    public Faults faults() {
        return faults;
    }

    /** Crashes before the operation of that index. */
    public synchronized void crashAt(long index) {
        crashAt = index;
    }

    /** How many operations that change something there were in this life of the process. */
    public synchronized long operations() {
        return trace.size();
    }

    /** How many calls needed a file descriptor in this life of the process. */
    public synchronized long descriptorCalls() {
        return descriptorCalls;
    }

    public synchronized boolean isCrashed() {
        return crashed;
    }

    public synchronized List<Operation> trace() {
        return List.copyOf(trace);
    }

    /** What happened last, in this life and those before it: for a message. */
    public synchronized String story() {
        return "what the disk did last:\n  " + String.join("\n  ", story);
    }

    private void tell(String event) {
        story.add(event);
        if (story.size() > EVENTS_TOLD) {
            story.remove();
        }
    }

    /** Receives each operation before it has any effect, and may throw. */
    public synchronized void watch(Consumer<Operation> watcher) {
        watch = watcher;
    }

    public synchronized int openFiles() {
        return open.size();
    }

    /** The files that are open, once for each time. */
    public synchronized List<String> openNames() {
        return open.stream().map(CrashFile::name).toList();
    }

    /** Ends the process. Its handles and locks are gone, and its writes can still be read. */
    public synchronized void killProcess() {
        tell("the process ends");
        life++;
        open.clear();
        locks.clear();
        crashed = false;
        crashAt = Long.MAX_VALUE;
        trace.clear();
        descriptorCalls = 0;
        names.contents().forEach(content -> {
            content.spoiled = false;
            content.cutShort = false;
        });
    }

    /** Ends the process, and takes the power away. The argument decides which unforced steps survive. */
    public synchronized void losePower(Survivors survivors, Random random) {
        killProcess();
        tell("the power is lost, and of what was not forced survives " + survivors);
        PowerLoss loss = new PowerLoss(survivors, stamp, random);
        names.contents().forEach(content -> content.losePower(loss));
        names.losePower(loss);
        directoryIsThere &= directoryIsDurable || loss.keepsName(directoryStamp);
        directoryIsDurable = directoryIsThere;
        if (!directoryIsThere) {
            names.loseAll();
        }
    }

    /** Flips a bit of a file, durably. */
    public synchronized void rot(String name, long offset, int bit) {
        byte[] bytes = read(name);
        bytes[(int) offset] ^= (byte) (1 << bit);
        names.live.get(name).replace(bytes);
    }

    /** Zeros a part of a file, durably. */
    public synchronized void zero(String name, int offset, int count) {
        byte[] bytes = read(name);
        Arrays.fill(bytes, offset, offset + count, (byte) 0);
        names.live.get(name).replace(bytes);
    }

    /** Cuts a file off, durably. */
    public synchronized void truncate(String name, int size) {
        names.live.get(name).replace(Arrays.copyOf(read(name), size));
    }

    /** Puts a file there, durably. */
    public synchronized void plant(String name, byte[] bytes) {
        FileContent content = FileContent.durable(bytes);
        names.live.put(name, content);
        names.durable.put(name, content);
    }

    /** Loses a file, durably. */
    public synchronized void lose(String name) {
        names.live.remove(name);
        names.durable.remove(name);
    }

    public synchronized byte[] read(String name) {
        return names.live.get(name).live();
    }

    /** Another disk with the same files, all durable, and no history. */
    public synchronized CrashDisk copy() {
        CrashDisk copy = new CrashDisk(true, salts.nextLong());
        names.live.forEach((name, content) -> copy.plant(name, content.live()));
        return copy;
    }

    /** Another disk with only what is durable here. */
    public synchronized CrashDisk copyOfDurable() {
        CrashDisk copy = new CrashDisk(true, salts.nextLong());
        names.durable.forEach((name, content) -> copy.plant(name, content.durable()));
        return copy;
    }

    // ---- the disk ----

    @Override
    public String pathOf(String name) {
        return "crash-disk/" + name;
    }

    @Override
    public synchronized boolean isDirectory() {
        return directoryIsThere;
    }

    @Override
    public synchronized void createDirectory() throws IOException {
        begin(Kind.CREATE_DIRECTORY, "", 0);
        if (!directoryIsThere) {
            directoryIsThere = true;
            directoryStamp = stamp++;
        }
    }

    @Override
    public synchronized void forceParents() throws IOException {
        if (!faults.omitted.test(begin(Kind.FORCE_PARENTS, "", 0))) {
            directoryIsDurable = true;
        }
    }

    @Override
    public long totalBytes() {
        return faults.roomBytes;
    }

    @Override
    public synchronized long usableBytes() {
        return Math.max(0, faults.roomBytes - usedBytes());
    }

    /** How many of so many more bytes find no room. Nothing is added up while there is no limit. */
    long missingBytes(long growth) {
        return growth == 0 || faults.roomBytes >= NO_LIMIT_BYTES ? 0 : Math.max(0, growth - usableBytes());
    }

    /** A file that was deleted takes up room until it is closed. */
    private long usedBytes() {
        Set<FileContent> held = new LinkedHashSet<>(names.live.values());
        open.forEach(file -> held.add(file.content()));
        return held.stream().mapToLong(FileContent::size).sum();
    }

    /** The same in each run. A copy of a disk has others, as its files have those of this one. */
    @Override
    public long newSalt() {
        return salts.nextLong();
    }

    @Override
    public synchronized boolean contains(String name) throws IOException {
        requireRunning();
        return names.live.containsKey(name);
    }

    @Override
    public synchronized long bytesOf(String name) throws IOException {
        requireRunning();
        FileContent file = names.live.get(name);
        return file == null ? 0 : file.size();
    }

    @Override
    public synchronized List<String> list() throws IOException {
        requireRunning();
        takeDescriptor("");
        return List.copyOf(names.live.keySet());
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        takeDescriptor(name);
        begin(Kind.CREATE, name, 0);
        if (!directoryIsThere || names.live.containsKey(name)) {
            throw new IOException(name + (directoryIsThere ? " exists" : " has no directory"));
        }
        FileContent content = new FileContent();
        names.give(stamp++, name, content);
        return opened(name, content);
    }

    @Override
    public synchronized DiskFile open(String name) throws IOException {
        requireRunning();
        takeDescriptor(name);
        return opened(name, required(name));
    }

    private void takeDescriptor(String name) throws IOException {
        if (faults.withoutDescriptor.test(descriptorCalls++)) {
            tell("no descriptor for " + name);
            throw new OutOfDescriptorsException(pathOf(name), new IOException("planned lack of descriptors"));
        }
    }

    private CrashFile opened(String name, FileContent content) {
        CrashFile file = new CrashFile(this, name, content, life);
        open.add(file);
        return file;
    }

    private FileContent required(String name) throws IOException {
        FileContent content = names.live.get(name);
        if (content == null) {
            throw new IOException(name + " does not exist");
        }
        return content;
    }

    /** Counts as the making of a file in the other directory. The file must be durable. */
    @Override
    public boolean tryLink(String name, Disk other) throws IOException {
        FileContent content;
        synchronized (this) {
            requireRunning();
            content = names.live.get(name);
        }
        return content != null && other instanceof CrashDisk target && target.adopt(name, content);
    }

    private synchronized boolean adopt(String name, FileContent content) throws IOException {
        begin(Kind.CREATE, name, 0);
        if (!directoryIsThere || names.live.containsKey(name)) {
            throw new IOException(name + (directoryIsThere ? " exists" : " has no directory"));
        }
        names.give(stamp++, name, content);
        return true;
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        begin(Kind.RENAME, from, 0);
        required(from).forces = 0;
        names.rename(stamp++, from, to);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        begin(Kind.DELETE, name, 0);
        required(name);
        names.take(stamp++, name);
    }

    @Override
    public synchronized boolean deleteIfPresent(String name) throws IOException {
        requireRunning();
        boolean present = names.live.containsKey(name);
        if (present) {
            delete(name);
        }
        return present;
    }

    @Override
    public synchronized void forceDirectory() throws IOException {
        if (!faults.omitted.test(begin(Kind.FORCE_DIRECTORY, names.lastChanged(), 0))) {
            names.force();
        }
    }

    @Override
    public synchronized Optional<DiskLock> tryLock(String name) throws IOException {
        requireRunning();
        if (!directoryIsThere) {
            throw new IOException(name + " has no directory");
        }
        if (!names.live.containsKey(name)) {
            names.give(stamp++, name, new FileContent());
        }
        int owner = life;
        return locks.add(name) ? Optional.of(() -> unlock(name, owner)) : Optional.empty();
    }

    private synchronized void unlock(String name, int owner) {
        if (owner == life) {
            locks.remove(name);
        }
    }

    // ---- for its files, under its lock ----

    int life() {
        return life;
    }

    void closed(CrashFile file) {
        open.remove(file);
    }

    long nextStamp() {
        return stamp++;
    }

    Operation begin(Kind kind, String name, int nth) throws IOException {
        requireRunning();
        if (trace.size() == crashAt) {
            crashed = true;
            requireRunning();
        }
        Operation operation = new Operation(trace.size(), kind, name, nth);
        trace.add(operation);
        tell(operation.toString());
        watch.accept(operation);
        if (kind != Kind.FORCE && faults.failing.test(operation)) {
            throw new IOException("planned failure of " + operation);
        }
        if ((kind == Kind.CREATE || kind == Kind.RENAME) && faults.withoutRoom.test(operation)) {
            throw noRoom(name);
        }
        return operation;
    }

    DiskFullException noRoom(String name) {
        return new DiskFullException(pathOf(name), new IOException("planned lack of room"));
    }

    void requireRunning() throws IOException {
        if (crashed) {
            throw new IOException("crashed");
        }
    }
}
