package io.quorate.node.lsm;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.memtable.ChunkPool;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.table.BlockCache;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableWriter;
import io.quorate.node.lsm.wal.Log;
import io.quorate.node.lsm.wal.LogReplay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a store of what a directory holds: reads the manifest, replays the log, writes what it found into new tables,
 * begins a new log and a new manifest, and only then deletes what is not needed any more.
 *
 * <p>Rewriting is stronger than forcing the old log in place. What a replay reads may be in the page cache only, and
 * after a failed force the kernel takes it for written: a later force "succeeds" without writing it (Rebello et al., ATC
 * '20). So nothing is shown that was not written again and forced.
 *
 * <p>The new manifest becoming {@code CURRENT} is the one instant at which the old state gives way; a crash before it
 * leaves all as it was.
 */
final class Recovery {
    /** The active one, and one that was flushed and that somebody still reads. */
    private static final int MEMTABLES_BESIDES_FROZEN = 2;

    private final Disk disk;
    private final StoreOptions options;
    private final BlockCache cache;
    private final ManifestState old;
    private final SortedMap<Long, TableFile> files;
    private final List<Table> tables = new ArrayList<>();
    private final ChunkPool memory;
    private final long firstNumber;
    private Memtable replayed;
    private long nextNumber;
    private long logNumber;

    private Recovery(Disk disk, StoreOptions options) throws IOException {
        this.disk = disk;
        this.options = options;
        this.cache = new BlockCache(options.blockCacheBytes());
        this.memory = ChunkPool.of(options.memtableBytes(), options.frozenMemtablesMax() + MEMTABLES_BESIDES_FROZEN);
        this.replayed = new Memtable(0, memory);
        this.old = Manifest.load(disk);
        this.files = new TreeMap<>(old.tables());
        this.firstNumber = 1 + Math.max(highest(FileKind.TABLE), highest(FileKind.MANIFEST));
        this.nextNumber = firstNumber;
    }

    /** @param nextNumber the next table's */
    record Recovered(
            Log log, Manifest manifest, BlockCache cache, ChunkPool memory, List<Table> tables, long nextNumber) {}

    static Recovered run(Disk disk, StoreOptions options) throws IOException {
        Recovery recovery = new Recovery(disk, options);
        try {
            return recovery.run();
        } catch (IOException | RuntimeException e) {
            for (Table table : recovery.tables) {
                table.release();
            }
            if (e instanceof DiskFullException) {
                recovery.deleteOwnFiles();
            }
            throw e;
        }
    }

    /** What did not become a store is in nobody's way, but for the next attempt's, which needs the room. */
    private void deleteOwnFiles() throws IOException {
        for (String name : disk.list()) {
            Optional<FileName> file = FileName.parse(name);
            if (file.isPresent() && isOwn(file.get())) {
                disk.delete(name);
            }
        }
    }

    private boolean isOwn(FileName file) {
        return file.kind() == FileKind.LOG ? file.number() == logNumber : file.number() >= firstNumber;
    }

    private Recovered run() throws IOException {
        for (TableFile file : old.tables().values()) {
            tables.add(Table.open(disk, file, cache));
        }
        new LogReplay(disk, old.logFloor(), old.lastLog(), this::replay).run();
        flushReplayed();
        logNumber = 1 + Math.max(old.lastLog(), highest(FileKind.LOG));
        Log log = Log.start(disk, logNumber, options.zeroAheadBytes());
        long manifestNumber = nextNumber++;
        Manifest manifest = startManifest(manifestNumber, log);
        deleteLeftovers(manifestNumber);
        return new Recovered(log, manifest, cache, memory, tables, nextNumber);
    }

    private Manifest startManifest(long number, Log log) throws IOException {
        try {
            return Manifest.start(disk, number, new ManifestState(files, logNumber, logNumber));
        } catch (DiskFullException e) {
            log.abandon();
            throw e;
        }
    }

    private void replay(Key key, Record record) throws IOException {
        replayed.put(key, record, 0);
        if (replayed.bytes() >= options.memtableBytes()) {
            flushReplayed();
        }
    }

    private void flushReplayed() throws IOException {
        if (replayed.isEmpty()) {
            return;
        }
        TableFile file = write(replayed.cursor());
        files.put(file.number(), file);
        tables.add(Table.open(disk, file, cache));
        replayed.release();
        replayed = new Memtable(0, memory);
    }

    private TableFile write(EntryCursor entries) throws IOException {
        TableWriter writer = TableWriter.create(disk, nextNumber++, options.blockBytes());
        try {
            while (entries.advance()) {
                writer.add(entries.key(), entries.record());
            }
            return writer.finish();
        } catch (DiskFullException e) {
            writer.abandon();
            throw e;
        }
    }

    /** The highest number in the directory, so that no file that a crash left behind is in the way. */
    private long highest(FileKind kind) throws IOException {
        return disk.list().stream()
                .map(FileName::parse)
                .flatMap(Optional::stream)
                .filter(name -> name.kind() == kind)
                .mapToLong(FileName::number)
                .max()
                .orElse(0);
    }

    private void deleteLeftovers(long manifestNumber) throws IOException {
        for (String name : disk.list()) {
            boolean leftover = FileName.parse(name)
                    .map(file -> !isLive(file, manifestNumber))
                    .orElse(name.equals(CurrentFile.NEXT_NAME));
            if (leftover) {
                disk.delete(name);
            }
        }
    }

    private boolean isLive(FileName file, long manifestNumber) {
        return switch (file.kind()) {
            case LOG -> file.number() == logNumber;
            case TABLE -> files.containsKey(file.number());
            case MANIFEST -> file.number() == manifestNumber;
            case CURRENT, IDENTITY, CHECKPOINT -> true;
        };
    }
}
