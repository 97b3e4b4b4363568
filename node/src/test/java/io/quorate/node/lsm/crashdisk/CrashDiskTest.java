package io.quorate.node.lsm.crashdisk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the disk that all other tests believe in. */
class CrashDiskTest {
    private static final int SEEDS = 200;

    private CrashDisk disk = new CrashDisk();

    private static byte[] filled(int count, int with) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private static void write(DiskFile file, byte[] bytes, long position) throws IOException {
        file.writeFully(bytes, 0, bytes.length, position);
    }

    /** A durable file of so many ones. */
    private DiskFile ones(String name, int count) throws IOException {
        DiskFile file = disk.create(name);
        write(file, filled(count, 1), 0);
        file.force();
        disk.forceDirectory();
        return file;
    }

    private void lose(Survivors survivors) {
        disk.losePower(survivors, new Random(1));
    }

    @Test
    void aWriteIsReadAtOnceAndDurableOnceItIsForced() throws IOException {
        DiskFile file = ones("a", 4);
        write(file, filled(4, 2), 0);
        assertArrayEquals(filled(4, 2), disk.read("a"));
        lose(Survivors.NOTHING);
        assertArrayEquals(filled(4, 1), disk.read("a"));
    }

    @Test
    void aForceOfAFileDoesNotMakeItsNameDurable() throws IOException {
        DiskFile file = disk.create("a");
        write(file, filled(4, 1), 0);
        file.force();
        lose(Survivors.NOTHING);
        assertEquals(List.of(), disk.list());
    }

    @Test
    void aForceOfTheDirectoryDoesNotMakeContentsDurable() throws IOException {
        write(disk.create("a"), filled(4, 1), 0);
        disk.forceDirectory();
        lose(Survivors.NOTHING);
        assertArrayEquals(new byte[0], disk.read("a"));
    }

    @Test
    void aDirectoryIsDurableWithItsParentOnlyAndTakesEverythingAlong() throws IOException {
        disk = CrashDisk.withoutDirectory();
        assertFalse(disk.isDirectory());
        assertThrows(IOException.class, () -> disk.create("a"));
        disk.createDirectory();
        ones("a", 4);
        lose(Survivors.NOTHING);
        assertFalse(disk.isDirectory());
        assertEquals(List.of(), disk.list());

        disk.createDirectory();
        disk.forceParents();
        ones("a", 4);
        lose(Survivors.NOTHING);
        assertEquals(List.of("a"), disk.list());
    }

    @ParameterizedTest
    @EnumSource(Survivors.class)
    void aRenameShowsOldOrNewAndNeverNeither(Survivors survivors) throws IOException {
        Set<Integer> found = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            disk = new CrashDisk();
            ones("a", 4);
            ones("next", 8);
            disk.rename("next", "a");
            disk.losePower(survivors, new Random(seed));
            int size = disk.read("a").length;
            assertEquals(size == 4, disk.list().contains("next"));
            found.add(size);
        }
        switch (survivors) {
            case NOTHING -> assertEquals(Set.of(4), found);
            case EVERYTHING, METADATA_WITHOUT_DATA -> assertEquals(Set.of(8), found);
            case PREFIX, RANDOM -> assertEquals(Set.of(4, 8), found);
        }
    }

    @Test
    void eachNameIsKeptOrLostByItselfUnlinksToo() throws IOException {
        Set<List<String>> found = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            disk = new CrashDisk();
            ones("old", 1);
            disk.create("new");
            disk.delete("old");
            disk.losePower(Survivors.RANDOM, new Random(seed));
            found.add(disk.list());
        }
        assertEquals(Set.of(List.of(), List.of("new"), List.of("old"), List.of("new", "old")), found);
    }

    @Test
    void aHandleRefersToAFileWhateverItsName() throws IOException {
        DiskFile file = ones("a", 4);
        disk.rename("a", "b");
        write(file, filled(4, 2), 0);
        assertArrayEquals(filled(4, 2), disk.read("b"));
        disk.delete("b");
        assertEquals(4, file.size());
    }

    @Test
    void anyOfTheSectorsOrPagesOfAWriteSurvive() throws IOException {
        Set<Integer> pieces = new HashSet<>();
        int mixed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            disk = new CrashDisk();
            write(ones("a", 16 << 10), filled(16 << 10, 2), 0);
            disk.losePower(Survivors.RANDOM, new Random(seed));
            int shortest = shortestRun(disk.read("a"));
            pieces.add(shortest);
            assertEquals(0, shortest % 512);
            mixed += shortest < 16 << 10 ? 1 : 0;
        }
        assertTrue(pieces.contains(512) && pieces.contains(4096), pieces::toString);
        assertTrue(mixed > SEEDS / 2);
    }

    private static int shortestRun(byte[] bytes) {
        int shortest = bytes.length;
        int start = 0;
        for (int i = 1; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] != bytes[start]) {
                shortest = Math.min(shortest, i - start);
                start = i;
            }
        }
        return shortest;
    }

    @Test
    void writesReachTheDiskInAnyOrder() throws IOException {
        Set<Byte> found = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            disk = new CrashDisk();
            DiskFile file = ones("a", 1);
            write(file, filled(1, 2), 0);
            write(file, filled(1, 3), 0);
            disk.losePower(Survivors.RANDOM, new Random(seed));
            found.add(disk.read("a")[0]);
        }
        assertEquals(Set.of((byte) 1, (byte) 2, (byte) 3), found);
    }

    @Test
    void aPrefixIsOneInTheOrderOfAllSteps() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            disk = new CrashDisk();
            DiskFile a = ones("a", 1);
            DiskFile b = ones("b", 1);
            write(a, filled(1, 2), 0);
            write(b, filled(1, 2), 0);
            disk.losePower(Survivors.PREFIX, new Random(seed));
            assertTrue(disk.read("a")[0] >= disk.read("b")[0]);
        }
    }

    @Test
    void metadataWithoutDataIsZerosOfTheRightLength() throws IOException {
        write(disk.create("a"), filled(4, 1), 0);
        lose(Survivors.METADATA_WITHOUT_DATA);
        assertArrayEquals(new byte[4], disk.read("a"));
    }

    @Test
    void aKilledProcessLosesHandlesAndLocksAndAPowerLossAfterItTheRest() throws IOException {
        DiskFile file = ones("a", 4);
        write(file, filled(4, 2), 0);
        assertTrue(disk.tryLock("LOCK").isPresent());
        assertTrue(disk.tryLock("LOCK").isEmpty());
        disk.killProcess();
        assertThrows(IOException.class, file::size);
        assertTrue(disk.tryLock("LOCK").isPresent());
        assertArrayEquals(filled(4, 2), disk.read("a"));
        lose(Survivors.NOTHING);
        assertArrayEquals(filled(4, 1), disk.read("a"));
    }

    @Test
    void aFailedForceLeavesTheBytesReadableAndLaterForcesSucceedWithoutThem() throws IOException {
        DiskFile file = ones("a", 4);
        write(file, filled(4, 2), 0);
        disk.faults().fail(Operation.of(Kind.FORCE, "a"));
        assertThrows(IOException.class, file::force);
        disk.faults().fail(Operation.none());
        assertThrows(AssertionError.class, () -> write(file, filled(1, 3), 0));
        assertThrows(AssertionError.class, file::force);

        disk.killProcess();
        disk.open("a").force();
        assertArrayEquals(filled(4, 2), disk.read("a"));
        lose(Survivors.EVERYTHING);
        assertArrayEquals(filled(4, 1), disk.read("a"));
    }

    @Test
    void aWriteEndsWhereTheRoomDoesAndOverwritingNeedsNone() throws IOException {
        DiskFile file = ones("a", 4);
        disk.faults().roomBytes(10);
        assertEquals(6, file.write(ByteBuffer.wrap(filled(9, 2)), 4));
        assertThrows(DiskFullException.class, () -> file.write(ByteBuffer.wrap(filled(3, 2)), 10));
        assertEquals(10, file.write(ByteBuffer.wrap(filled(10, 3)), 0));
        disk.delete("a");
        assertEquals(0, disk.usableBytes(), "it is still open");
        file.close();
        assertEquals(10, disk.usableBytes());
    }

    @Test
    void whatFindsNoRoomIsWrittenInPartFirst() throws IOException {
        DiskFile file = ones("a", 100);
        disk.faults().findNoRoom(Operation.at(disk.operations()), new Random(1));
        assertThrows(DiskFullException.class, () -> write(file, filled(100, 2), 0));
        byte[] bytes = disk.read("a");
        assertEquals(2, bytes[0]);
        assertEquals(1, bytes[99]);
    }

    @Test
    void transfersMayBeShort() throws IOException {
        DiskFile file = ones("a", 100);
        disk.faults().transferShort(new Random(1));
        Set<Integer> counts = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            counts.add(file.read(ByteBuffer.allocate(100), 0));
            counts.add(file.write(ByteBuffer.wrap(filled(100, 1)), 0));
        }
        assertTrue(counts.size() > 5 && !counts.contains(0), counts::toString);
    }

    @Test
    void whatCannotBeReadCannotBeReadAgainEither() throws IOException {
        DiskFile file = ones("a", 100);
        disk.faults().makeUnreadable("a", 50, 10);
        for (int i = 0; i < 2; i++) {
            assertThrows(IOException.class, () -> file.readFully(new byte[20], 0, 20, 40));
        }
        file.readFully(new byte[50], 0, 50, 0);
    }

    @Test
    void bytesRot() throws IOException {
        ones("a", 4);
        disk.rot("a", 1, 7);
        disk.zero("a", 2, 1);
        lose(Survivors.NOTHING);
        assertArrayEquals(new byte[] {1, (byte) 0x81, 0, 1}, disk.read("a"));
    }

    @Test
    void readsAndWritesAreMisdirected() throws IOException {
        DiskFile file = ones("a", 4);
        disk.faults().misdirectWrites(Operation.of(Kind.WRITE, "a"), 2);
        write(file, filled(1, 2), 0);
        assertArrayEquals(new byte[] {1, 1, 2, 1}, disk.read("a"));
        disk.faults().misdirectReads("a", 2);
        byte[] read = new byte[1];
        file.readFully(read, 0, 1, 0);
        assertEquals(2, read[0]);
    }

    @Test
    void aCrashStrikesBeforeTheOperationOfItsIndexAndNothingGoesOnAfterIt() throws IOException {
        List<Operation> seen = new ArrayList<>();
        disk.watch(seen::add);
        disk.crashAt(2);
        DiskFile file = disk.create("a");
        write(file, filled(4, 1), 0);
        assertThrows(IOException.class, file::force);
        assertTrue(disk.isCrashed());
        assertThrows(IOException.class, disk::list);
        assertEquals(
                List.of(Kind.CREATE, Kind.WRITE),
                seen.stream().map(Operation::kind).toList());
        lose(Survivors.EVERYTHING);
        assertArrayEquals(filled(4, 1), disk.read("a"));
        assertTrue(disk.story().contains("0 CREATE a"), disk::story);
    }

    @Test
    void filesThatAreOpenAreNamed() throws IOException {
        DiskFile file = ones("a", 1);
        assertEquals(List.of("a"), disk.openNames());
        file.close();
        file.close();
        assertEquals(List.of(), disk.openNames());
    }

    @Test
    void aDirectoryForceThatIsLeftOutConfirmsNothing() throws IOException {
        disk.faults().omit(Operation.of(Kind.FORCE_DIRECTORY, ""));
        ones("a", 1);
        lose(Survivors.NOTHING);
        assertEquals(List.of(), disk.list());
    }
}
