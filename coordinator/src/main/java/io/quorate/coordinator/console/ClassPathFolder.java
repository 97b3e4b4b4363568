package io.quorate.coordinator.console;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads all files of one folder of the class path, be it in a jar or a folder of classes. */
final class ClassPathFolder {
    private ClassPathFolder() {}

    /**
     * Each file's bytes by its path in the folder; none if there is no such folder.
     *
     * @param name with slashes, none at its ends
     */
    static Map<String, byte[]> read(String name) throws IOException {
        URL url = ClassPathFolder.class.getResource("/" + name);
        if (url == null) {
            return Map.of();
        }
        try {
            URI uri = url.toURI();
            if (!uri.getScheme().equals("jar")) {
                return readTree(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return readTree(jar.getPath(name));
            }
        } catch (URISyntaxException e) {
            throw new IOException("the class path has no folder at " + url, e);
        }
    }

    private static Map<String, byte[]> readTree(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Path file : filesIn(folder)) {
            files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        return files;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }
}
