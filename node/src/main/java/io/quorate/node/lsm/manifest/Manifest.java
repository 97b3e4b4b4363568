package io.quorate.node.lsm.manifest;

import io.quorate.common.codec.MalformedException;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.wal.FrameAppender;
import io.quorate.node.lsm.wal.FrameScanner;
import io.quorate.node.lsm.wal.FrameType;
import java.io.IOException;
import java.util.List;

/**
 * The manifest that is being written. Each change is durable when its method returns. After a failure it is unknown
 * whether the change is durable, and the manifest must not be used again. After a {@link DiskFullException} the change
 * was not made, and it may be tried again. The log, maintenance and compaction threads use it, one at a time.
 *
 * <p>A manifest grows with each edit. {@link #rollIfLong} replaces it by a new one that begins with the present state.
 * So neither its length nor the time of a start grows with the age of the store.
 */
public final class Manifest implements AutoCloseable {
    /** A manifest is long if it is so many times as long as it would be with one edit. */
    private static final int LONG = 8;

    private final Disk disk;
    private final FileNumbers numbers;
    private final ManifestState.Builder state;
    private FrameAppender appender;
    private long firstEditEnd;
    private long rollNotBefore;

    private Manifest(Disk disk, FileNumbers numbers, ManifestState state) {
        this.disk = disk;
        this.numbers = numbers;
        this.state = new ManifestState.Builder(state);
    }

    /** The state in the current manifest. That manifest is not written again: a start makes a new one. */
    public static ManifestState load(Disk disk) throws IOException {
        long number = CurrentFile.read(disk);
        String name = FileName.manifest(number).toString();
        String path = disk.pathOf(name);
        if (!disk.contains(name)) {
            throw new CorruptException(path, 0, "the file is missing, though " + CurrentFile.NAME + " names it");
        }
        try (DiskFile file = disk.open(name)) {
            return replay(FrameScanner.open(file, path, FileKind.MANIFEST, number), path);
        }
    }

    private static ManifestState replay(FrameScanner scanner, String path) throws IOException {
        ManifestState.Builder state = new ManifestState.Builder(ManifestState.EMPTY);
        if (!scanner.advance()) {
            throw new CorruptException(path, scanner.end(), "not even its first edit is valid");
        }
        do {
            try {
                state.apply(ManifestEdit.read(scanner.payload(FrameType.EDIT), scanner.version()));
            } catch (MalformedException e) {
                throw scanner.corrupt(e.getMessage());
            }
        } while (scanner.advance());
        return state.build();
    }

    /** Writes a manifest that begins with {@code state} and makes it the current one, durably. */
    public static Manifest start(Disk disk, FileNumbers numbers, ManifestState state) throws IOException {
        Manifest manifest = new Manifest(disk, numbers, state);
        manifest.begin();
        return manifest;
    }

    /** Begins a file with the present state. If it cannot, the manifest before it stays the current one. */
    private void begin() throws IOException {
        long number = numbers.take();
        DiskFile file = disk.create(FileName.manifest(number).toString());
        FrameAppender next = FrameAppender.begin(file, FileKind.MANIFEST, number, disk.newSalt(), 0);
        try {
            ManifestState now = state.build();
            append(
                    next,
                    new ManifestEdit(
                            now.logFloor(),
                            now.lastLog(),
                            numbers.next(),
                            List.copyOf(now.tables().values()),
                            List.of()));
            disk.forceDirectory();
            CurrentFile.replace(disk, number);
        } catch (ShortageException e) {
            next.close();
            throw e;
        }
        appender = next;
        firstEditEnd = next.end();
        rollNotBefore = 0;
    }

    public synchronized ManifestState state() {
        return state.build();
    }

    /** The number of the current manifest. */
    public synchronized long number() {
        return appender.number();
    }

    /** Log segment {@code number} is about to take writes. */
    public synchronized void logStarted(long number) throws IOException {
        append(state.logFloor(), number, List.of(), List.of());
    }

    /**
     * All writes in segments before {@code logFloor} are in tables now. The last of them are in a new table of level 0.
     */
    public synchronized void flushed(TableFile added, long logFloor) throws IOException {
        append(logFloor, state.lastLog(), List.of(new PlacedFile(added, 0)), List.of());
    }

    /** New tables replace others. Or a table has changed its level: then it is both removed and added. */
    public synchronized void compacted(List<Long> removed, List<PlacedFile> added) throws IOException {
        append(state.logFloor(), state.lastLog(), added, removed);
    }

    private void append(long logFloor, long lastLog, List<PlacedFile> added, List<Long> removed) throws IOException {
        append(appender, new ManifestEdit(logFloor, lastLog, numbers.next(), added, removed));
    }

    private void append(FrameAppender to, ManifestEdit edit) throws IOException {
        edit.write(to.beginFrame(FrameType.EDIT));
        to.endFrame();
        to.force();
        state.apply(edit);
        to.vouch();
    }

    /**
     * Goes on in a new file if this one is long, and at least so many bytes. A shortage leaves the old one in use, and
     * the next attempt comes as many bytes later.
     */
    public synchronized void rollIfLong(int bytesMin) throws IOException {
        long end = appender.end();
        if (end < Math.max(bytesMin, LONG * firstEditEnd) || end < rollNotBefore) {
            return;
        }
        FrameAppender old = appender;
        long next = numbers.next();
        try {
            begin();
        } catch (ShortageException e) {
            rollNotBefore = end + bytesMin;
            disk.deleteIfPresent(FileName.manifest(next).toString());
            return;
        }
        old.close();
        disk.delete(FileName.manifest(old.number()).toString());
    }

    @Override
    public synchronized void close() throws IOException {
        appender.close();
    }
}
