package io.quorate.node.lsm;

import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.lsm.manifest.FileNumbers;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableWriter;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.PlacedTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A copy of a store in another directory, as it was at one moment. The tables of the snapshot are linked, since they
 * never change. The contents of its memtables become one more table. So the store that is copied neither flushes nor
 * waits, and the copy has no log.
 *
 * <p>{@code CURRENT} comes last, as always when a store is made. If a crash leaves only a part of the copy, the
 * directory holds no store, and opening it is refused.
 */
public final class Checkpoint {
    private final Disk target;
    private final SortedMap<Long, PlacedFile> files = new TreeMap<>();

    private Checkpoint(Disk target) {
        this.target = target;
    }

    static void write(LiveView.Snapshot snapshot, Disk source, Disk target, int blockBytes) throws IOException {
        requireNoStore(target);
        Checkpoint checkpoint = new Checkpoint(target);
        for (PlacedTable placed : snapshot.view().tree().placed()) {
            placed.table().putInto(target, source);
            checkpoint.add(placed.table().identity(), placed.level());
        }
        checkpoint.writeTable(snapshot.view().memtableCursor(snapshot.sequence()), blockBytes);
        checkpoint.finish();
    }

    /**
     * Copies a checkpoint from which no store was opened yet.
     *
     * @param corrections entries that the copy has too, by their stored keys. The newest record of a key wins
     * @throws CannotOpenException if {@code target} holds a store, or {@code source} holds none, or one with a log
     */
    public static void copy(Disk source, Disk target, EntryCursor corrections) throws IOException {
        requireNoStore(target);
        ManifestState state = Manifest.load(source);
        if (state.lastLog() != 0) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "a store was opened in the checkpoint " + source.pathOf("")
                            + ", so it is no checkpoint any more. Make a checkpoint of that store. Nothing was changed");
        }
        Checkpoint checkpoint = new Checkpoint(target);
        for (PlacedFile placed : state.tables().values()) {
            String name = FileName.table(placed.file().number()).toString();
            if (!source.tryLink(name, target)) {
                try (DiskFile opened = source.open(name)) {
                    target.copyOf(opened, name);
                }
            }
            checkpoint.add(placed.file(), placed.level());
        }
        checkpoint.writeTable(corrections, StoreOptions.DEFAULTS.blocks().blockBytes());
        checkpoint.finish();
    }

    private static void requireNoStore(Disk target) throws IOException {
        List<String> names = target.list().stream()
                .filter(name -> name.equals(CurrentFile.NAME)
                        || name.equals(CurrentFile.NEXT_NAME)
                        || !FileName.parse(name).equals(Optional.empty()))
                .toList();
        if (!names.isEmpty()) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the directory " + target.pathOf("") + " holds a store, or a part of one: " + names
                            + ". A checkpoint needs an empty directory. Nothing was changed");
        }
    }

    private void add(TableFile file, int level) {
        files.put(file.number(), new PlacedFile(file, level));
    }

    private long nextNumber() {
        return files.isEmpty() ? 1 : files.lastKey() + 1;
    }

    private void writeTable(EntryCursor entries, int blockBytes) throws IOException {
        if (!entries.advance()) {
            return;
        }
        TableWriter writer = TableWriter.create(target, nextNumber(), blockBytes);
        try {
            do {
                writer.add(entries.key(), entries.record());
            } while (entries.advance());
            add(writer.finish(), 0);
        } catch (IOException | RuntimeException e) {
            abandon(writer, e);
            throw e;
        }
    }

    /** The store goes on. So the file must not stay open: it would keep its space when its name is deleted. */
    private static void abandon(TableWriter writer, Exception failure) {
        try {
            writer.abandon();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Starting the manifest forces the directory, with the names of the tables, before {@code CURRENT} counts. */
    private void finish() throws IOException {
        ManifestState empty = ManifestState.EMPTY;
        ManifestState state = new ManifestState(files, empty.logFloor(), empty.lastLog(), nextNumber());
        Manifest.start(target, new FileNumbers(nextNumber()), state).close();
    }
}
