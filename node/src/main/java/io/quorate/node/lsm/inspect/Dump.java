package io.quorate.node.lsm.inspect;

import io.quorate.common.model.Forgotten;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableProperties;
import io.quorate.node.lsm.table.cache.BlockCache;
import io.quorate.node.lsm.wal.LogReplay;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Prints the files of a store that no process has open: the manifest, then each table, then the log. A key may come up
 * several times, once for each place that has it. Of values it prints only the length.
 */
public final class Dump {
    private final Disk disk;
    private final boolean entries;
    private final Consumer<String> lines;

    private Dump(Disk disk, boolean entries, Consumer<String> lines) {
        this.disk = disk;
        this.entries = entries;
        this.lines = lines;
    }

    /**
     * @param entries whether to show each entry, or only the files
     * @throws io.quorate.node.lsm.failure.StoreException if it cannot read a part of a file
     */
    public static void run(Disk disk, boolean entries, Consumer<String> lines) throws IOException {
        new Dump(disk, entries, lines).run();
    }

    private void run() throws IOException {
        long number = CurrentFile.read(disk);
        ManifestState state = Manifest.load(disk);
        lines.accept(FileName.manifest(number) + "  tables " + state.tables().size() + "  log segments needed from "
                + state.logFloor() + " to " + state.lastLog());
        for (PlacedFile placed : state.tables().values()) {
            table(placed);
        }
        log(state);
    }

    private void table(PlacedFile placed) throws IOException {
        Table table = Table.open(disk, placed.file(), new BlockCache(0));
        try {
            String name = FileName.table(placed.file().number()).toString();
            lines.accept(name + "  " + described(placed, table.properties()));
            if (entries) {
                EntryCursor cursor = table.cursor();
                while (cursor.advance()) {
                    lines.accept(name + "  " + described(cursor.key(), cursor.record()));
                }
            }
        } finally {
            table.release();
        }
    }

    private void log(ManifestState state) throws IOException {
        long[] writes = new long[1];
        LogReplay replay = new LogReplay(disk, state.logFloor(), state.lastLog(), (key, record) -> {
            writes[0]++;
            if (entries) {
                lines.accept("log  " + described(key, record));
            }
        });
        replay.run();
        lines.accept("log  writes " + writes[0]);
    }

    private static String described(PlacedFile placed, TableProperties properties) {
        return "bytes " + placed.file().bytes() + "  level " + placed.level() + "  "
                + lower(properties.origin().cause()) + "  "
                + lower(properties.origin().compression()) + "  entries "
                + properties.counts().entries() + "  tombstones "
                + properties.counts().tombstones() + "  forgotten "
                + properties.counts().forgotten() + "  keys " + described(properties.firstKey()) + " to "
                + described(properties.lastKey()) + "  versions "
                + properties.versions().min() + " to "
                + properties.versions().max();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String described(Key stored, Record record) {
        return described(stored) + "  " + record.version() + "  "
                + (record.content() instanceof Value value ? value.toString() : tombstone(record));
    }

    private static String tombstone(Record record) {
        return record.content() instanceof Forgotten forgotten
                ? "tombstone, forgotten in round " + forgotten.round()
                : "tombstone";
    }

    /** The keyspace's number, a colon, and the key, with all but the plainest characters as in a URL. */
    private static String described(Key stored) {
        byte[] bytes = stored.bytes();
        StringBuilder text = new StringBuilder().append(bytes[0] & 0xff).append(':');
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i] > ' ' && bytes[i] < 0x7f && bytes[i] != '%') {
                text.append((char) bytes[i]);
            } else {
                text.append(String.format("%%%02X", bytes[i] & 0xff));
            }
        }
        return text.toString();
    }
}
