package io.quorate.deploy.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockDeviceTest {
    private static final int BYTES = 4 << 20;

    @TempDir
    private Path folder;

    @Test
    void theSeventhNumberCountsSectorsOf512Bytes() throws IOException {
        Path statistics = folder.resolve("stat");
        Files.writeString(
                statistics, "   13303     2471   935810     1757   120  33 1000   41 0 20880 57 0 0 0 0 11 22\n");

        assertEquals(512_000, new BlockDevice(statistics).writtenBytes());
    }

    @Test
    void whatIsForcedIsCounted() throws IOException {
        Optional<BlockDevice> device = BlockDevice.of(folder);
        assumeTrue(device.isPresent(), "the folder's file system has no block device of its own");
        long before = device.get().writtenBytes();

        try (FileChannel channel =
                FileChannel.open(folder.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(BYTES));
            channel.force(true);
        }

        long written = device.get().writtenBytes() - before;
        assertTrue(written >= BYTES, () -> written + " bytes");
    }

    @Test
    void aFolderWithoutADeviceHasNone() {
        assertEquals(Optional.empty(), BlockDevice.of(Path.of("/proc")));
    }
}
