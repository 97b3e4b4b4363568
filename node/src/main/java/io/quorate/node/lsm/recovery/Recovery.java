package io.quorate.node.lsm.recovery;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.lsm.manifest.FileNumbers;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.memtable.ChunkPool;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.table.TableCause;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.view.PlacedTable;
import io.quorate.node.lsm.view.TableFiles;
import io.quorate.node.lsm.wal.Log;
import io.quorate.node.lsm.wal.LogReplay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Makes a store from the files in a directory. It reads the manifest, replays the log, and writes the writes it found
 * into new tables. It begins a new log and a new manifest. Only then it deletes the files that are no longer needed.
 *
 * <p>Rewriting is stronger than forcing the old log in place. The bytes that a replay reads may be in the page cache
 * only. After a failed force the kernel takes them for written: a later force "succeeds" without writing them (Rebello
 * et al., ATC '20). So the store shows only records that were written again and forced.
 *
 * <p>The old state gives way at one instant: when {@code CURRENT} names the new manifest. A crash before that leaves
 * everything as it was.
 */
public final class Recovery {
    private final Disk disk;
    private final StoreOptions options;
    private final long wallMs;
    private final Executor helpers;
    private final ManifestState old;
    private final FileNumbers numbers;
    private final TableFiles files;
    private final ChunkPool memory;
    private final long firstNumber;
    private final long logNumber;
    private List<PlacedTable> tables = new ArrayList<>();
    private Memtable replayed;

    private Recovery(Disk disk, StoreOptions options, long wallMs, Executor helpers) throws IOException {
        this.disk = disk;
        this.helpers = helpers;
        this.options = options;
        this.wallMs = wallMs;
        this.memory =
                ChunkPool.of(options.memtables().bytes(), options.memtables().countMax());
        this.replayed = new Memtable(0, memory);
        this.old = Manifest.load(disk);
        this.firstNumber =
                Math.max(old.nextNumber(), 1 + Math.max(highest(FileKind.TABLE), highest(FileKind.MANIFEST)));
        this.logNumber = 1 + Math.max(old.lastLog(), highest(FileKind.LOG));
        this.numbers = new FileNumbers(firstNumber);
        this.files = new TableFiles(disk, options, numbers);
    }

    /** @param tables in any order */
    public record Recovered(Log log, Manifest manifest, TableFiles files, ChunkPool memory, List<PlacedTable> tables) {}

    /**
     * @param wallMs the time now, in milliseconds since 1970
     * @param helpers may open tables meanwhile
     */
    public static Recovered run(Disk disk, StoreOptions options, long wallMs, Executor helpers) throws IOException {
        Recovery recovery = new Recovery(disk, options, wallMs, helpers);
        try {
            return recovery.run();
        } catch (IOException | RuntimeException e) {
            for (PlacedTable each : recovery.tables) {
                each.table().release();
            }
            if (e instanceof DiskFullException) {
                recovery.deleteOwnFiles();
            }
            throw e;
        }
    }

    /** The files of a failed attempt do no harm, but the next attempt needs their space. */
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
        new TableOpening(files, List.copyOf(old.tables().values())).run(helpers, tables);
        tables = OverlapRepair.withoutOverlap(tables);
        new LogReplay(disk, old.logFloor(), old.lastLog(), this::replay).run();
        flushReplayed();
        Log log = Log.start(
                disk, logNumber, options.memtables().bytes(), options.disk().zeroAheadBytes());
        Manifest manifest = startManifest(log);
        try {
            deleteLeftovers(manifest, log);
        } catch (ShortageException e) {
            manifest.close();
            log.abandon();
            throw e;
        }
        return new Recovered(log, manifest, files, memory, tables);
    }

    private Manifest startManifest(Log log) throws IOException {
        try {
            return Manifest.start(disk, numbers, new ManifestState(placedFiles(), logNumber, logNumber, firstNumber));
        } catch (ShortageException e) {
            log.abandon();
            throw e;
        }
    }

    private SortedMap<Long, PlacedFile> placedFiles() {
        SortedMap<Long, PlacedFile> placed = new TreeMap<>();
        for (PlacedTable each : tables) {
            placed.put(each.number(), each.file());
        }
        return placed;
    }

    private void replay(Key key, Record record) throws IOException {
        replayed.put(key, record, 0);
        if (replayed.bytes() >= options.memtables().bytes()) {
            flushReplayed();
        }
    }

    private void flushReplayed() throws IOException {
        if (replayed.isEmpty()) {
            return;
        }
        TableFile file = files.write(replayed.cursor(), TableCause.RECOVERY, wallMs);
        tables.add(PlacedTable.of(files.open(file, 0), 0));
        replayed.release();
        replayed = new Memtable(0, memory);
    }

    /** The highest number in the directory. Numbers after it collide with no file that a crash left behind. */
    private long highest(FileKind kind) throws IOException {
        return disk.list().stream()
                .map(FileName::parse)
                .flatMap(Optional::stream)
                .filter(name -> name.kind() == kind)
                .mapToLong(FileName::number)
                .max()
                .orElse(0);
    }

    /** All that the new state does not need. The log may go on in its old segments. */
    private void deleteLeftovers(Manifest manifest, Log log) throws IOException {
        Set<Long> live = tables.stream().map(PlacedTable::number).collect(Collectors.toSet());
        long manifestNumber = manifest.number();
        disk.deleteIfPresent(CurrentFile.NEXT_NAME);
        for (String name : disk.list()) {
            Optional<FileName> file = FileName.parse(name).filter(each -> !isLive(each, live, manifestNumber));
            if (file.isEmpty()) {
                continue;
            }
            if (file.get().kind() == FileKind.LOG) {
                log.reuse(file.get().number(), manifest::logStarted);
            } else {
                disk.delete(name);
            }
        }
    }

    private boolean isLive(FileName file, Set<Long> live, long manifestNumber) {
        return switch (file.kind()) {
            case LOG -> file.number() == logNumber;
            case TABLE -> live.contains(file.number());
            case MANIFEST -> file.number() == manifestNumber;
            case CURRENT, IDENTITY, CHECKPOINT, MEMBERS -> true;
        };
    }
}
