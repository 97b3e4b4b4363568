package io.quorate.deploy;

import io.quorate.deploy.process.TrainingRun;
import io.quorate.deploy.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
        name = "archive",
        description =
                "Makes an archive of loaded classes in lib, from which this Java starts servers in half the time.",
        mixinStandardHelpOptions = true,
        versionProvider = Quorate.class,
        footer = {
            "",
            "The build does this for the Java that it runs on; do it again after a change of Java. The archive is",
            "never needed: without it, or with another Java, servers start as ever."
        })
final class ArchiveCommand implements Callable<Integer> {
    /** What the launcher makes the JVM archive when this process ends is what was loaded here. */
    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("quorate-archive");
        try {
            new TrainingRun(folder).run();
        } finally {
            delete(folder);
        }
        return ExitCode.SUCCESS;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(folder)) {
            paths = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
