package io.quorate.deploy.store;

import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.NativeCode;
import io.quorate.node.lsm.disk.RealDisk;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data directory that a command reads. */
final class DataOption {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "a node's data directory, or a checkpoint; refused while a node runs on it")
    private Path directory;

    DataDirectory open() throws IOException {
        NativeCode.load(directory);
        return DataDirectory.open(new RealDisk(directory));
    }

    /** The size of its files, for the progress of a command. */
    long mib() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
        }
        return bytes >> 20;
    }
}
