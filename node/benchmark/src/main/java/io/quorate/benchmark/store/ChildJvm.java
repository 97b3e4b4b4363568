package io.quorate.benchmark.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs one case in a JVM of its own, so that no case finds what another one left: compiled code, garbage, caches. */
final class ChildJvm {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int NATIVE_ACCESS_WARNED_SINCE = 24;

    private final Optional<Path> profiles;

    /** @param profiles a folder for a recording of each case by the JVM's Flight Recorder */
    ChildJvm(Optional<Path> profiles) {
        this.profiles = profiles;
    }

    CaseOutcome run(Settings settings) throws IOException, InterruptedException {
        Path answer = Files.createTempFile("store-benchmark", ".json");
        try {
            int status = new ProcessBuilder(command(settings, answer))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException(settings.which().label() + " of "
                        + settings.engine().label() + " ended with status " + status + "; what it said is above");
            }
            return MAPPER.readValue(answer.toFile(), CaseOutcome.class);
        } finally {
            Files.delete(answer);
        }
    }

    private List<String> command(Settings settings, Path answer) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options(settings.memory().heapMb()));
        profiles.ifPresent(folder -> command.addAll(recording(folder, settings)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CaseRun.class.getName()));
        command.add(MAPPER.writeValueAsString(settings));
        command.add(answer.toString());
        return command;
    }

    private static List<String> recording(Path folder, Settings settings) {
        String name = settings.which().label() + "-" + settings.dataset().valueBytes() + "-"
                + settings.engine().label() + ".jfr";
        return List.of(
                "-Xlog:jfr+startup=off", "-XX:StartFlightRecording=settings=profile,filename=" + folder.resolve(name));
    }

    /** As a node is started. */
    private static List<String> options(int heapMb) {
        List<String> options = new ArrayList<>(List.of(
                "-Xms" + heapMb + "m",
                "-Xmx" + heapMb + "m",
                "-XX:MaxDirectMemorySize=448m",
                "-XX:+UseParallelGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData"));
        if (Runtime.version().feature() >= NATIVE_ACCESS_WARNED_SINCE) {
            options.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        }
        return options;
    }
}
