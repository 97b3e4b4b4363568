package io.quorate.benchmark.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of data that the benchmark makes and deletes. */
final class Folder {
    private Folder() {}

    /** The length of all files. A file that disappears meanwhile counts as nothing. */
    static long bytes(Path folder) throws IOException {
        long sum = 0;
        for (Path path : files(folder)) {
            sum += bytesOf(path);
        }
        return sum;
    }

    static List<Path> files(Path folder) throws IOException {
        return everythingIn(folder).stream().filter(Files::isRegularFile).toList();
    }

    private static long bytesOf(Path path) throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : everythingIn(folder)) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static List<Path> everythingIn(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
