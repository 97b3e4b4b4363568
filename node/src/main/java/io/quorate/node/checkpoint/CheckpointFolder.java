package io.quorate.node.checkpoint;

import io.quorate.common.model.NodeId;
import io.quorate.node.checkpoint.CheckpointOutcome.CheckpointDone;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.CurrentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory {@code checkpoints} of a node. Each of its directories is a checkpoint, or what a crash left of one.
 */
record CheckpointFolder(Path path) {
    private static final String DIRECTORY = "checkpoints";

    /** @param disk the node's data directory */
    static CheckpointFolder of(Disk disk) {
        return new CheckpointFolder(Path.of(disk.pathOf(DIRECTORY)));
    }

    Path pathOf(NodeId name) {
        return path.resolve(name.name());
    }

    /** Sorted. */
    List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(path)) {
            return paths.filter(Files::isDirectory)
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of(); // the first checkpoint makes it
        }
    }

    /** In the order of their names. One that is deleted meanwhile is left out. */
    List<StoredCheckpoint> list() throws IOException {
        List<StoredCheckpoint> all = new ArrayList<>();
        for (String name : names()) {
            try {
                all.add(describe(path.resolve(name)));
            } catch (NoSuchFileException e) {
                continue; // it is being deleted
            }
        }
        return all;
    }

    private static StoredCheckpoint describe(Path checkpoint) throws IOException {
        Path current = checkpoint.resolve(CurrentFile.NAME);
        boolean complete = Files.exists(current);
        CheckpointDone size = measure(checkpoint, 0);
        long madeMs = Files.getLastModifiedTime(complete ? current : checkpoint).toMillis();
        return new StoredCheckpoint(
                checkpoint.getFileName().toString(), complete, size.bytes(), size.tableCount(), madeMs);
    }

    static CheckpointDone measure(Path checkpoint, long elapsedMs) throws IOException {
        long bytes = 0;
        long tables = 0;
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
                boolean isTable = FileName.parse(file.getFileName().toString())
                        .filter(name -> name.kind() == FileKind.TABLE)
                        .isPresent();
                tables += isTable ? 1 : 0;
            }
        }
        return new CheckpointDone(checkpoint.toString(), bytes, tables, elapsedMs);
    }

    /** Deletes {@code CURRENT} first. Without that file the directory holds no store. */
    static void delete(Path checkpoint) throws IOException {
        RealDisk disk = new RealDisk(checkpoint);
        Files.deleteIfExists(checkpoint.resolve(CurrentFile.NAME));
        disk.forceDirectory();
        for (String name : disk.list()) {
            disk.delete(name);
        }
        Files.delete(checkpoint);
    }
}
