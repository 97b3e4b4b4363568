package io.quorate.node.lsm.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The crash disk cannot check that the real disk passes each force on. This test does. The JVM's own flight recorder
 * shows each force.
 */
class RealDiskForcesTest {
    private static final String FORCE = "jdk.FileForce";

    private interface Work {
        void run() throws IOException;
    }

    @Test
    void eachForceReachesTheFileOrDirectoryThatItIsAbout(@TempDir Path folder) throws IOException {
        Path parent = folder.resolve("parent");
        Path directory = parent.resolve("data");
        RealDisk disk = new RealDisk(directory);
        disk.createDirectory();
        DiskFile file = disk.create("file");

        assertEquals(List.of(directory.resolve("file").toString()), forced(folder, file::force));
        assertEquals(List.of(directory.toString()), forced(folder, disk::forceDirectory));
        Disk.DiskLock lock = disk.tryLock("lock").orElseThrow();
        assertEquals(List.of(directory.toString()), forced(folder, disk::forceDirectory));
        lock.release();
        assertEquals(List.of(directory.toString()), forced(folder, disk::forceDirectory));
        assertEquals(List.of(folder.toString(), parent.toString()), forced(folder, disk::forceParents));
        file.close();
    }

    private static List<String> forced(Path folder, Work work) throws IOException {
        Path dump = Files.createTempFile(folder, "forces", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(FORCE).withoutThreshold();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(dump);
        }
        return RecordingFile.readAllEvents(dump).stream()
                .filter(event -> event.getEventType().getName().equals(FORCE))
                .map((RecordedEvent event) -> event.getString("path"))
                .sorted()
                .toList();
    }
}
