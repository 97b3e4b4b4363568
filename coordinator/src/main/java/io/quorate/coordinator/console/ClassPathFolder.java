package io.quorate.coordinator.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Reads all files of one folder of the class path, from a jar or from a folder of classes. */
final class ClassPathFolder {
    private ClassPathFolder() {}

    /**
     * Each file's bytes by its path in the folder, or none if there is no such folder.
     *
     * @param name with slashes, none at its ends
     */
    static Map<String, byte[]> read(String name) throws IOException {
        URL url = ClassPathFolder.class.getResource("/" + name);
        if (url == null) {
            return Map.of();
        }
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection inJar) {
            inJar.setUseCaches(false);
            try (JarFile jar = inJar.getJarFile()) {
                return readJar(jar, name + "/");
            }
        }
        return readTree(Path.of(URI.create(url.toString())));
    }

    private static Map<String, byte[]> readJar(JarFile jar, String prefix) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (JarEntry entry : jar.stream().toList()) {
            if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    files.put(entry.getName().substring(prefix.length()), in.readAllBytes());
                }
            }
        }
        return files;
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
