package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.inspect.Dump;
import io.quorate.node.lsm.inspect.Verification;
import io.quorate.node.lsm.inspect.VerificationFinding;
import io.quorate.node.lsm.inspect.VerificationFinding.Severity;
import io.quorate.node.lsm.wal.FrameScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The findings of a verification in the files of a store that was closed, or killed. */
class VerificationTest {
    private static final int LAST_FRAME_BYTES = 33;

    private CrashDisk healthy;

    @BeforeEach
    void aStoreWithTablesAndALogThatWasClosed() throws IOException {
        CrashedStore made = new CrashedStore(5);
        made.open();
        made.work(60);
        made.close();
        made.disk.killProcess();
        healthy = made.disk.copy();
    }

    private static List<VerificationFinding> findings(CrashDisk disk) throws IOException {
        List<VerificationFinding> findings = new ArrayList<>();
        Verification.run(disk, findings::add, (name, bytes) -> {});
        assertEquals(0, disk.openFiles());
        return findings;
    }

    /** How much was read of each file, which is all that counts of it. */
    private static Map<String, Long> bytesRead(CrashDisk disk) throws IOException {
        Map<String, Long> read = new TreeMap<>();
        Verification.run(disk, finding -> {}, (name, bytes) -> read.merge(name, bytes, Long::sum));
        return read;
    }

    @Test
    void nothingIsFoundInAHealthyStore() throws IOException {
        assertEquals(List.of(), findings(healthy));
        Map<String, Long> read = bytesRead(healthy);
        assertTrue(
                read.keySet().stream().filter(name -> name.startsWith("table-")).count() > 1, read::toString);
        assertTrue(read.keySet().stream().anyMatch(name -> name.startsWith("log-")), read::toString);
        assertTrue(read.keySet().stream().anyMatch(name -> name.startsWith("manifest-")), read::toString);
    }

    @Test
    void everyFlippedBitIsFoundInItsFileAndAtItsPlace() throws IOException {
        int flips = 0;
        for (String name : bytesRead(healthy).keySet()) {
            long end = endOf(name);
            for (int offset = 0; offset < end; offset++, flips++) {
                healthy.rot(name, offset, offset % 8);
                requireFound(healthy, name, offset, end);
                healthy.rot(name, offset, offset % 8);
            }
        }
        assertTrue(flips > 1_000, flips + " flips");
        assertEquals(List.of(), findings(healthy));
    }

    /** Behind its voucher a log has zeros, or what an earlier use left. */
    private long endOf(String name) throws IOException {
        try (DiskFile file = healthy.open(name)) {
            if (!name.startsWith("log-")) {
                return file.size();
            }
            long number = FileName.parse(name).orElseThrow().number();
            FrameScanner frames = FrameScanner.open(file, name, FileKind.LOG, number);
            while (frames.advance()) {}
            return frames.end() + LAST_FRAME_BYTES;
        }
    }

    private static void requireFound(CrashDisk rotten, String name, int offset, long end) throws IOException {
        List<VerificationFinding> findings = findings(rotten);
        String what = name + " at " + offset + " of " + end + ": " + findings;
        VerificationFinding found = findings.stream()
                .filter(each -> each.path().equals(rotten.pathOf(name)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(what));
        assertTrue(found.offset() <= Math.max(offset, FileHeader.BYTES), what);
        boolean framed = name.startsWith("log-") || name.startsWith("manifest-");
        if (found.severity() == Severity.OPEN_END) {
            assertTrue(framed && found.offset() + LAST_FRAME_BYTES * 3 > end && found.offset() < end, what);
        }
    }

    @Test
    void everyLostFileIsFound() throws IOException {
        for (String name : bytesRead(healthy).keySet()) {
            CrashDisk less = healthy.copy();
            less.lose(name);
            if (name.equals("CURRENT")) {
                assertThrows(CannotOpenException.class, () -> findings(less));
            } else {
                assertEquals(List.of(less.pathOf(name)), paths(findings(less)));
            }
        }
    }

    private static List<String> paths(List<VerificationFinding> findings) {
        return findings.stream().map(VerificationFinding::path).distinct().toList();
    }

    @Test
    void damageInOneFileDoesNotHideThatInAnother() throws IOException {
        List<String> expected = new ArrayList<>();
        for (String name : bytesRead(healthy).keySet()) {
            if (name.startsWith("table-") || name.startsWith("log-")) {
                healthy.rot(name, FileHeader.BYTES + 5, 0);
                expected.add(healthy.pathOf(name));
            }
        }
        assertTrue(expected.size() > 2);
        assertEquals(
                expected.stream().sorted().toList(),
                paths(findings(healthy)).stream().sorted().toList());
    }

    @Test
    void damageInOneBlockDoesNotHideThatInAnother() throws IOException {
        String table = bytesRead(healthy).keySet().stream()
                .filter(name -> name.startsWith("table-"))
                .max((a, b) -> Integer.compare(healthy.read(a).length, healthy.read(b).length))
                .orElseThrow();
        long first = FileHeader.BYTES;
        long second = first;
        for (long at = first; second == first; at++) {
            CrashDisk rotten = healthy.copy();
            rotten.rot(table, at, 0);
            second = findings(rotten).get(0).offset();
        }
        healthy.rot(table, first, 0);
        healthy.rot(table, second, 0);
        assertEquals(
                List.of(first, second),
                findings(healthy).stream().map(VerificationFinding::offset).toList());
    }

    @Test
    void aKilledStoreHasAnOpenEndAtMost() throws IOException {
        CrashedStore killed = new CrashedStore(6);
        killed.open();
        killed.work(20);
        killed.disk.killProcess();
        for (VerificationFinding finding : findings(killed.disk)) {
            assertEquals(Severity.OPEN_END, finding.severity(), finding::toString);
        }
    }

    @Test
    void aDumpShowsEveryEntry() throws IOException {
        List<String> lines = new ArrayList<>();
        Dump.run(healthy, true, lines::add);
        assertTrue(lines.get(0).startsWith("manifest-"), lines.get(0));
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("table-\\d+  1:key-\\d  \\S+  (tombstone|\\d+ bytes.*)")));
        List<String> files = new ArrayList<>();
        Dump.run(healthy, false, files::add);
        assertTrue(lines.containsAll(files) && files.size() < lines.size());
    }
}
