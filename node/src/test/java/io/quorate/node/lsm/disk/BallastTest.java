package io.quorate.node.lsm.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.crashdisk.CrashAtEveryOperation;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.crashdisk.Survivors;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BallastTest {
    private static final int LARGE_BYTES = 4 << 20;
    private static final int BYTES = (1 << 20) + 1_000;

    @Test
    void itIsNoMoreThanAPartOfASmallDisk() throws IOException {
        CrashDisk disk = new CrashDisk();
        disk.faults().roomBytes(3_200);
        make(disk);
        assertEquals(100, disk.read("ballast").length);
    }

    @Test
    void itNeedsRoomForTwiceItselfSoThatItIsNotGivenAwayAtOnce() throws IOException {
        CrashDisk disk = new CrashDisk();
        disk.faults().roomBytes(3_200);
        Ballast ballast = Ballast.of(disk, BYTES);
        disk.plant("filler", new byte[3_001]);
        assertFalse(ballast.fits());
        disk.truncate("filler", 3_000);
        assertTrue(ballast.fits());
    }

    @Test
    void whatWasReleasedHalfMadeIsGone() throws IOException {
        CrashDisk disk = new CrashDisk();
        Ballast ballast = Ballast.of(disk, BYTES);
        assertFalse(ballast.grow());
        ballast.release();
        assertEquals(List.of(), disk.list());
        assertEquals(List.of(), disk.openNames());
        assertFalse(ballast.isWhole());
    }

    /** A node that is often restarted would otherwise write it again and again. */
    @Test
    void anotherStartGoesOnWithABallastThatIsNotWhole() throws IOException {
        CrashDisk disk = new CrashDisk();
        Ballast first = Ballast.of(disk, LARGE_BYTES);
        assertFalse(first.grow());
        assertFalse(first.grow());
        first.abandon();
        disk.killProcess();
        Ballast second = Ballast.of(disk, LARGE_BYTES);
        int steps = 1;
        while (!second.grow()) {
            steps++;
        }
        assertEquals(3, steps, "of four, the last one that was made is made again");
        CrashDisk atOnce = new CrashDisk();
        Ballast whole = Ballast.of(atOnce, LARGE_BYTES);
        while (!whole.grow()) {}
        assertArrayEquals(atOnce.read("ballast"), disk.read("ballast"));
    }

    @ParameterizedTest
    @EnumSource(Survivors.class)
    void aBallastThatACrashLeavesIsWhole(Survivors survivors) throws IOException {
        Optional<AssertionError> failure = failure(survivors, Operation.none());
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    @Test
    void withoutItsForceACrashLeavesABallastThatHoldsNoPlace() throws IOException {
        assertTrue(failure(Survivors.METADATA_WITHOUT_DATA, Operation.of(Kind.FORCE, "ballast"))
                .isPresent());
    }

    private static Optional<AssertionError> failure(Survivors survivors, Predicate<Operation> omitted)
            throws IOException {
        CrashDisk whole = new CrashDisk();
        make(whole);
        byte[] expected = whole.read("ballast");
        return CrashAtEveryOperation.failure(survivors.toString(), () -> new Scenario(survivors, expected, omitted));
    }

    private record Scenario(CrashDisk disk, Survivors survivors, byte[] expected)
            implements CrashAtEveryOperation.Scenario {
        Scenario(Survivors survivors, byte[] expected, Predicate<Operation> omitted) {
            this(new CrashDisk(), survivors, expected);
            disk.faults().omit(omitted);
        }

        @Override
        public boolean run() throws IOException {
            try {
                make(disk);
            } catch (IOException e) {
                assertTrue(disk.isCrashed(), e::toString);
            }
            boolean over = !disk.isCrashed();
            disk.losePower(survivors, new Random(1));
            if (disk.list().contains("ballast")) {
                assertArrayEquals(expected, disk.read("ballast"));
            }
            return over;
        }
    }

    private static void make(CrashDisk disk) throws IOException {
        Ballast ballast = Ballast.of(disk, BYTES);
        while (!ballast.grow()) {}
    }
}
