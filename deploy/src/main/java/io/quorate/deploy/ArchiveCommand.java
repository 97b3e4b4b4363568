package io.quorate.deploy;

import io.quorate.deploy.local.folder.FolderTree;
import io.quorate.deploy.process.TrainingRun;
import io.quorate.deploy.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "archive",
        description = "Writes an archive of loaded classes into lib, from which this Java starts in half the time.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the archive was written", "1:no archive was written; everything works without one"},
        footer = {
            "",
            "The build writes the archive for the Java that it runs on. Run this again after a change of Java. The archive "
                    + "is never needed: without it, or with another Java, everything starts, only more slowly.",
            "",
            "Examples:",
            "  quorate archive",
            "  JAVA_HOME=/opt/jdk-25 quorate archive"
        })
final class ArchiveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /**
     * Loads classes. The launcher makes the JVM archive all loaded classes when this process ends. The log of the
     * servers that are used for that is shown only if they fail.
     */
    @Override
    public Integer call() throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8)); // the servers log to the end of this process
        boolean done = false;
        try {
            loadClasses();
            done = true;
        } finally {
            if (!done) {
                spec.commandLine().getErr().print(log.toString(StandardCharsets.UTF_8));
            }
        }
        return ExitCode.SUCCESS;
    }

    private void loadClasses() throws Exception {
        Path folder = Files.createTempDirectory("quorate-archive");
        try {
            TrainingRun servers = new TrainingRun(folder);
            servers.run();
            useCommands("127.0.0.1:" + servers.nodePort(), folder.resolve("value"));
        } finally {
            FolderTree.delete(folder);
        }
    }

    /** A command runs for a moment, and spends most of it on loading classes. */
    private void useCommands(String endpoint, Path file) {
        for (List<String> command : List.of(
                List.of("put", "key", "value"),
                List.of("get", "key", "--explain", "--output-file", file.toString()),
                List.of("get", "absent"),
                List.of("scan", "--prefix", "absent", "-o", "json"),
                List.of("export", file.resolveSibling("export").toString()),
                List.of("import", file.resolveSibling("export").toString()),
                List.of("key", "replicas", "key"),
                List.of("nodes"),
                List.of("delete", "key", "-o", "json"))) {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of("--endpoint", endpoint));
            use(words);
        }
        use(List.of("get", "key", "--curl")); // finds its endpoints by itself, and sends nothing
    }

    private void use(List<String> words) {
        ((CommandLines.Source) spec.root().userObject())
                .allCommands()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .setErr(new PrintWriter(Writer.nullWriter()))
                .execute(words.toArray(String[]::new));
    }
}
