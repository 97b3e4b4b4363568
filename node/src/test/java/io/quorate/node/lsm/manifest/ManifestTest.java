package io.quorate.node.lsm.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.table.TableFile;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A manifest neither grows with the age of its store, nor forgets which numbers were used. */
class ManifestTest {
    private static final int BYTES_MIN = 4 << 10;

    private final CrashDisk disk = new CrashDisk();
    private final FileNumbers numbers = new FileNumbers(1);

    private Manifest started() throws IOException {
        return Manifest.start(disk, numbers, ManifestState.EMPTY);
    }

    private long bytesOnDisk() throws IOException {
        return disk.list().stream()
                .filter(name -> name.startsWith("manifest-"))
                .mapToLong(name -> disk.read(name).length)
                .sum();
    }

    /** Each edit replaces one table by another. So the state stays as small as it was. */
    private void replaceTables(Manifest manifest, int edits) throws IOException {
        for (int i = 0; i < edits; i++) {
            TableFile next = new TableFile(numbers.take(), 1_000);
            List<Long> before = List.copyOf(manifest.state().tables().keySet());
            manifest.compacted(before, List.of(new PlacedFile(next, 1)));
            manifest.rollIfLong(BYTES_MIN);
        }
    }

    @Test
    void itIsReplacedByAShortOneWhileTheStoreRuns() throws IOException {
        Manifest manifest = started();
        replaceTables(manifest, 2_000);
        assertTrue(bytesOnDisk() < 2 * BYTES_MIN, bytesOnDisk() + " bytes");
        assertEquals(manifest.state(), Manifest.load(disk));
        assertEquals(
                1,
                disk.list().stream()
                        .filter(name -> name.startsWith("manifest-"))
                        .count());
    }

    @Test
    void withoutSpaceForAShortOneTheLongOneStays() throws IOException {
        Manifest manifest = started();
        disk.faults().findNoRoom(Operation.of(Kind.CREATE, "manifest-"), new Random(1));
        replaceTables(manifest, 300);
        assertEquals(manifest.state(), Manifest.load(disk));
        assertTrue(bytesOnDisk() > BYTES_MIN);
        disk.faults().findNoRoom(Operation.of(Kind.RENAME, "CURRENT"), new Random(1));
        replaceTables(manifest, 300);
        assertEquals(manifest.state(), Manifest.load(disk));
        assertEquals(
                1,
                disk.list().stream()
                        .filter(name -> name.startsWith("manifest-"))
                        .count());
        disk.faults().findNoRoom(Operation.none(), new Random(1));
        replaceTables(manifest, 300);
        assertTrue(bytesOnDisk() < 2 * BYTES_MIN, bytesOnDisk() + " bytes");
    }

    /** The table with the highest number is gone by then. */
    @Test
    void aNumberIsNotUsedAgainAfterARestart() throws IOException {
        Manifest manifest = started();
        long table = numbers.take();
        manifest.flushed(new TableFile(table, 1_000), 1);
        manifest.compacted(List.of(table), List.of());
        manifest.close();
        assertTrue(Manifest.load(disk).nextNumber() > table);
        assertTrue(disk.list().stream()
                .flatMap(name -> FileName.parse(name).stream())
                .allMatch(name -> name.number() < table));
    }
}
