package io.quorate.node.lsm.manifest;

import io.quorate.common.codec.MalformedException;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeader;
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
 */
public final class Manifest implements AutoCloseable {
    private final FrameAppender appender;
    private ManifestState state;

    private Manifest(FrameAppender appender, ManifestState state) {
        this.appender = appender;
        this.state = state;
    }

    /** The state in the current manifest. That manifest is not written again: a start makes a new one. */
    public static ManifestState load(Disk disk) throws IOException {
        long number = CurrentFile.read(disk);
        String name = FileName.manifest(number).toString();
        String path = disk.pathOf(name);
        if (!disk.list().contains(name)) {
            throw new CorruptException(path, 0, "the file is missing, though " + CurrentFile.NAME + " names it");
        }
        try (DiskFile file = disk.open(name)) {
            FileHeader.require(file, path, FileKind.MANIFEST, number);
            return replay(new FrameScanner(file, path, number), path);
        }
    }

    private static ManifestState replay(FrameScanner scanner, String path) throws IOException {
        ManifestState state = ManifestState.EMPTY;
        if (!scanner.advance()) {
            throw new CorruptException(path, scanner.end(), "not even its first edit is valid");
        }
        do {
            try {
                state = state.apply(ManifestEdit.read(scanner.payload(FrameType.EDIT)));
            } catch (MalformedException e) {
                throw scanner.corrupt(e.getMessage());
            }
        } while (scanner.advance());
        return state;
    }

    /** Writes a manifest that begins with {@code state} and makes it the current one, durably. */
    public static Manifest start(Disk disk, long number, ManifestState state) throws IOException {
        DiskFile file = disk.create(FileName.manifest(number).toString());
        Manifest manifest = new Manifest(FrameAppender.begin(file, FileKind.MANIFEST, number, 0), ManifestState.EMPTY);
        try {
            manifest.append(new ManifestEdit(
                    state.logFloor(),
                    state.lastLog(),
                    List.copyOf(state.tables().values()),
                    List.of()));
            disk.forceDirectory();
            CurrentFile.replace(disk, number);
        } catch (ShortageException e) {
            manifest.close();
            throw e;
        }
        return manifest;
    }

    public synchronized ManifestState state() {
        return state;
    }

    /** Log segment {@code number} is about to take writes. */
    public synchronized void logStarted(long number) throws IOException {
        append(new ManifestEdit(state.logFloor(), number, List.of(), List.of()));
    }

    /**
     * All writes in segments before {@code logFloor} are in tables now. The last of them are in a new table of level 0.
     */
    public synchronized void flushed(TableFile added, long logFloor) throws IOException {
        append(new ManifestEdit(logFloor, state.lastLog(), List.of(new PlacedFile(added, 0)), List.of()));
    }

    /** New tables replace others. Or a table has changed its level: then it is both removed and added. */
    public synchronized void compacted(List<Long> removed, List<PlacedFile> added) throws IOException {
        append(new ManifestEdit(state.logFloor(), state.lastLog(), added, removed));
    }

    private void append(ManifestEdit edit) throws IOException {
        edit.write(appender.beginFrame(FrameType.EDIT));
        appender.endFrame();
        appender.force();
        state = state.apply(edit);
        appender.vouch();
    }

    @Override
    public synchronized void close() throws IOException {
        appender.close();
    }
}
