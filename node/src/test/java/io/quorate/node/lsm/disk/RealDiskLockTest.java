package io.quorate.node.lsm.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a directory, against other processes and against this one. */
class RealDiskLockTest {
    private static final int TAKEN = 3;
    private static final int FREE = 4;

    @TempDir
    private Path directory;

    /** A process that tries to take the lock. Its exit code is the answer. */
    static final class Attempt {
        private Attempt() {}

        public static void main(String[] args) throws IOException {
            boolean free = new RealDisk(Path.of(args[0]))
                    .tryLock(DataDirectory.LOCK_NAME)
                    .isPresent();
            System.exit(free ? FREE : TAKEN);
        }
    }

    private static int attemptOfAnotherProcess(Path directory) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Attempt.class.getName(),
                        directory.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The operating system drops the lock when the process closes any channel of the file. */
    @Test
    void aSecondAttemptInThisProcessDoesNotGiveTheLockToOthers() throws IOException, InterruptedException {
        Disk.DiskLock lock =
                new RealDisk(directory).tryLock(DataDirectory.LOCK_NAME).orElseThrow();
        assertEquals(TAKEN, attemptOfAnotherProcess(directory));
        assertEquals(Optional.empty(), new RealDisk(directory).tryLock(DataDirectory.LOCK_NAME));
        assertEquals(TAKEN, attemptOfAnotherProcess(directory));
        lock.release();
        assertEquals(FREE, attemptOfAnotherProcess(directory));
    }

    @Test
    void anotherPathOfTheDirectoryIsTheSameDirectory(@TempDir Path elsewhere) throws IOException {
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), directory);
        Disk.DiskLock lock =
                new RealDisk(directory).tryLock(DataDirectory.LOCK_NAME).orElseThrow();
        assertEquals(Optional.empty(), new RealDisk(link).tryLock(DataDirectory.LOCK_NAME));
        lock.release();
        Optional<Disk.DiskLock> again = new RealDisk(link).tryLock(DataDirectory.LOCK_NAME);
        assertTrue(again.isPresent());
        again.get().release();
    }
}
