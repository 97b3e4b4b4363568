package io.quorate.deploy;

import io.quorate.deploy.process.TrainingRun;
import io.quorate.deploy.terminal.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
        name = "archive",
        description = "Makes an archive of loaded classes in lib, from which this Java starts in half the time.",
        mixinStandardHelpOptions = true,
        versionProvider = Quorate.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the archive is there", "1:none was made; everything works without"},
        footer = {
            "",
            "The build does this for the Java that it runs on; do it again after a change of Java. The archive is "
                    + "never needed: without it, or with another Java, everything starts as ever.",
            "",
            "Examples:",
            "  quorate archive",
            "  JAVA_HOME=/opt/jdk-25 quorate archive"
        })
final class ArchiveCommand implements Callable<Integer> {
    /** What the launcher makes the JVM archive when this process ends is what was loaded here. */
    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("quorate-archive");
        try {
            TrainingRun servers = new TrainingRun(folder);
            servers.run();
            useCommands("127.0.0.1:" + servers.nodePort(), folder.resolve("value"));
        } finally {
            delete(folder);
        }
        return ExitCode.SUCCESS;
    }

    /** Commands are over in a moment, most of which goes into loading classes. */
    private static void useCommands(String endpoint, Path file) {
        for (List<String> command : List.of(
                List.of("put", "key", "value"),
                List.of("get", "key", "--explain", "--output-file", file.toString()),
                List.of("get", "absent"),
                List.of("scan", "--prefix", "absent", "-o", "json"),
                List.of("key", "replicas", "key"),
                List.of("nodes"),
                List.of("delete", "key", "-o", "json"))) {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of("--endpoint", endpoint));
            Quorate.commandLine()
                    .setOut(new PrintWriter(Writer.nullWriter()))
                    .setErr(new PrintWriter(Writer.nullWriter()))
                    .execute(words.toArray(String[]::new));
        }
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
