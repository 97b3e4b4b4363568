package io.quorate.deploy.local.process;

import io.quorate.deploy.local.folder.LocalClusterException;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words before the arguments of a server that this process starts. In a distribution, which {@code quorate.home}
 * names, they are its {@code bin/quorate}. Elsewhere they are the Java and the class path of this process: a test of
 * some other project has Quorate among its libraries, and not unpacked in a folder.
 */
final class ServerProgram {
    private static final String HOME = "quorate.home";
    private static final String MAIN_CLASS = "io.quorate.deploy.Quorate";
    private static final String MEMORY = "QUORATE_MEMORY_MIB";
    private static final int MEMORY_MIB_DEFAULT = 1024;
    private static final int FIRST_WITH_WARNINGS_FOR_NETTY = 24;

    private ServerProgram() {}

    /** @param variables of the environment that its processes get, beside those of this process */
    static List<String> ofThisProcess(Map<String, String> variables) throws LocalClusterException {
        String distribution = System.getProperty(HOME, "");
        if (distribution.isEmpty()) {
            return ofClassPath(memoryMib(variables));
        }
        Path launcher = Path.of(distribution, "bin", "quorate");
        if (!Files.isExecutable(launcher)) {
            throw LocalClusterException.failed("nodes are started by " + launcher + ", since the system property "
                    + HOME + " names its folder, and there is no such program");
        }
        return List.of(launcher.toString());
    }

    private static int memoryMib(Map<String, String> variables) throws LocalClusterException {
        String value = variables.getOrDefault(MEMORY, System.getenv().getOrDefault(MEMORY, ""));
        if (!value.matches("|[1-9]\\d{2,6}")) {
            throw LocalClusterException.usage(MEMORY + " is '" + value + "'; it is a whole number of MiB");
        }
        return value.isEmpty() ? MEMORY_MIB_DEFAULT : Integer.parseInt(value);
    }

    /** The options are those of {@code bin/quorate}: a quarter is the heap, 7/16 are memtables and network buffers. */
    private static List<String> ofClassPath(int memoryMib) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + memoryMib / 4 + "m",
                "-Xmx" + memoryMib / 4 + "m",
                "-XX:MaxDirectMemorySize=" + memoryMib * 7L / 16 + "m",
                "-XX:MetaspaceSize=96m",
                "-XX:InlineSmallCode=1000",
                "-XX:FreqInlineSize=150",
                "-XX:+UseParallelGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData"));
        if (Runtime.version().feature() >= FIRST_WITH_WARNINGS_FOR_NETTY) {
            words.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        }
        words.addAll(List.of("-Dlogback.configurationFile=" + ownLogging(), "-cp", classPath(), MAIN_CLASS));
        return words;
    }

    /** The programs around may have another file of this name, earlier on the class path. */
    private static String ownLogging() {
        String self = ServerProgram.class.getName().replace('.', '/') + ".class";
        URL location = ServerProgram.class.getClassLoader().getResource(self);
        return Objects.requireNonNull(location, self).toString().replace(self, "logback.xml");
    }

    /** A process with modules has some of its libraries there. */
    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(name -> System.getProperty(name, ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
