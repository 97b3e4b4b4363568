package io.quorate.deploy.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The Java sources of all modules, as text: for rules about what a compiler leaves out. */
public final class Sources {
    static final Path ROOT = Path.of("..");

    /** The client is for programs of others. Its names are theirs, and they are those of the server too. */
    private static final Set<String> NOT_IN_THE_SERVER =
            Set.of("node/benchmark", "deploy/client", "deploy/junit", "deploy/generated");

    private static final List<String> MODULES = List.of(
            "common",
            "node",
            "node/benchmark",
            "coordinator",
            "deploy/client",
            "deploy",
            "deploy/junit",
            "deploy/generated");

    private Sources() {}

    /** What ships as the server and the command. */
    static List<Path> main() {
        return MODULES.stream()
                .filter(module -> !NOT_IN_THE_SERVER.contains(module))
                .flatMap(module -> in(ROOT.resolve(module).resolve("src/main/java")))
                .toList();
    }

    static List<Path> all() {
        return MODULES.stream()
                .flatMap(module -> in(ROOT.resolve(module).resolve("src")))
                .toList();
    }

    /** The same for the same code, and another one for other code. */
    public static int checksum() {
        CRC32 checksum = new CRC32();
        all().forEach(file -> checksum.update(text(file).getBytes(StandardCharsets.UTF_8)));
        return (int) checksum.getValue();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> in(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
