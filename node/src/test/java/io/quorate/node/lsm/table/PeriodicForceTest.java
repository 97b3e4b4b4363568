package io.quorate.node.lsm.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeriodicForceTest {
    private static final int ENTRIES = 6_000;

    /** They keep forces short, for the log's sake. The last force alone makes a table durable. */
    @Test
    void theForcesInTheMiddleOfATableAreNotForDurability() throws IOException {
        CrashDisk disk = new CrashDisk();
        long forces = forces(disk, write(disk));
        assertTrue(forces > 2, forces + " forces");

        CrashDisk without = new CrashDisk();
        without.faults().omit(each -> each.kind() == Kind.FORCE && each.nth() < forces - 1);
        TableFile file = write(without);
        without.losePower(Survivors.NOTHING, new Random(1));
        Table table = Table.open(without, file, new BlockCache(0));
        assertEquals(ENTRIES, count(table));
        table.release();
    }

    private static TableFile write(CrashDisk disk) throws IOException {
        TableWriter writer = TableWriter.create(disk, 1, 16 << 10);
        byte[] bytes = new byte[1_000];
        Random random = new Random(1);
        for (int i = 0; i < ENTRIES; i++) {
            random.nextBytes(bytes);
            Value value = Value.of(bytes.clone(), Value.DEFAULT_CONTENT_TYPE);
            writer.add(Key.of(String.format("key-%06d", i)), new Record(new Version(1, 1, 1, 0), value));
        }
        return writer.finish();
    }

    private static long forces(CrashDisk disk, TableFile file) {
        assertTrue(file.bytes() > 5 << 20);
        return disk.trace().stream().filter(each -> each.kind() == Kind.FORCE).count();
    }

    private static int count(Table table) throws IOException {
        int count = 0;
        for (var entries = table.cursor(); entries.advance(); count++) {}
        return count;
    }
}
