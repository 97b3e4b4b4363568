package io.quorate.node.lsm.crashdisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fault that the crash disk can make, and that no test of the store makes, tests only the crash disk. */
class FaultsInUseTest {
    private static final Path TESTS = Path.of("src/test/java/io/quorate/node");

    /** These look at the disk, or turn no byte. */
    private static final Set<String> NO_FAULTS = Set.of(
            "faults",
            "operations",
            "descriptorCalls",
            "isCrashed",
            "trace",
            "story",
            "watch",
            "openFiles",
            "openNames",
            "read",
            "copy",
            "copyOfDurable",
            "withoutDirectory",
            "crashAt");

    @Test
    void everyFaultOfTheCrashDiskIsMadeByATestOfTheStore() throws IOException {
        String tests = storeTests();
        Set<String> unused = Stream.concat(publicMethods(Faults.class), publicMethods(CrashDisk.class))
                .filter(name -> !NO_FAULTS.contains(name))
                .filter(name -> !tests.contains("." + name + "(") && !tests.contains("::" + name + ")"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unused);
    }

    @Test
    void everyWayToSurviveACrashIsTriedByATestOfTheStore() throws IOException {
        assertTrue(storeTests().contains("@EnumSource(Survivors.class)"));
    }

    private static Stream<String> publicMethods(Class<?> type) {
        Set<String> ofDisks =
                Arrays.stream(Disk.class.getMethods()).map(Method::getName).collect(Collectors.toSet());
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !ofDisks.contains(name));
    }

    /** All tests of this module but those of the crash disk itself. */
    private static String storeTests() throws IOException {
        try (Stream<Path> paths = Files.walk(TESTS)) {
            List<Path> sources = paths.filter(path -> path.toString().endsWith("Test.java"))
                    .filter(path -> !path.toString().contains("crashdisk"))
                    .toList();
            return sources.stream().map(FaultsInUseTest::text).collect(Collectors.joining());
        }
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
