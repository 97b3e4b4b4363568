package io.quorate.deploy.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditFileTest {
    @TempDir
    Path folder;

    @Test
    void aFullFileMakesWayAndTheOldestOneGoes() throws IOException {
        Path path = folder.resolve("audit.log");
        AuditFile file = new AuditFile(path, 10, 2);
        for (String line : new String[] {"first--\n", "second-\n", "third--\n", "fourth-\n"}) {
            file.append(line.getBytes(StandardCharsets.UTF_8));
        }
        file.close();
        assertEquals("fourth-\n", Files.readString(path));
        assertEquals("third--\n", Files.readString(folder.resolve("audit.log.1")));
        assertEquals("second-\n", Files.readString(folder.resolve("audit.log.2")));
        assertFalse(Files.exists(folder.resolve("audit.log.3")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    void aFileGoesOnWhereAnEarlierProcessLeftIt() throws IOException {
        Path path = folder.resolve("audit.log");
        for (String line : new String[] {"a\n", "b\n"}) {
            AuditFile file = new AuditFile(path, 10, 2);
            file.append(line.getBytes(StandardCharsets.UTF_8));
            file.close();
        }
        assertEquals("a\nb\n", Files.readString(path));
    }

    @Test
    void aLineWithoutRoomIsDroppedAndCounted() {
        AuditQueue queue = new AuditQueue(5);
        queue.add(new byte[] {1, 2});
        queue.add(new byte[] {3, 4});
        queue.add(new byte[] {5, 6});
        assertEquals(1, queue.dropped());
        assertArrayEquals(new byte[] {1, 2, 3, 4}, queue.takeAll().orElseThrow().bytes());
        queue.add(new byte[] {7});
        queue.close();
        queue.add(new byte[] {8});
        assertEquals(2, queue.dropped());
        assertArrayEquals(new byte[] {7}, queue.takeAll().orElseThrow().bytes());
        assertTrue(queue.takeAll().isEmpty());
    }
}
