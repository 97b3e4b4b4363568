package io.quorate.node.lsm.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DiskFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log finds its next segment ready, so that its forces write frames and no zeros. */
class SpareSegmentsTest {
    private static final int SEGMENT_BYTES = 1_000;

    private final CrashDisk disk = new CrashDisk();
    private final SpareSegments spares = new SpareSegments(disk, SEGMENT_BYTES);

    @Test
    void anOldSegmentBecomesTheNextOne() throws IOException {
        disk.plant("log-000000000007", new byte[SEGMENT_BYTES]);
        spares.retire(7);
        assertFalse(spares.isEmpty());
        try (DiskFile file = spares.takeAs("log-000000000009")) {
            assertEquals(SEGMENT_BYTES, file.size());
        }
        assertEquals(List.of("log-000000000009"), disk.list());
        assertTrue(spares.isEmpty());
    }

    @Test
    void withoutASpareTheNextOneIsNew() throws IOException {
        try (DiskFile file = spares.takeAs("log-000000000009")) {
            assertEquals(0, file.size());
        }
    }

    @Test
    void aShortSegmentAndASecondOneAreDeleted() throws IOException {
        for (int number = 7; number <= 9; number++) {
            disk.plant("log-00000000000" + number, new byte[number == 7 ? SEGMENT_BYTES / 2 - 1 : SEGMENT_BYTES]);
            spares.retire(number);
        }
        assertEquals(List.of("log-000000000008"), disk.list());
    }
}
