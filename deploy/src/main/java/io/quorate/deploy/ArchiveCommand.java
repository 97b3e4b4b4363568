package io.quorate.deploy;

import io.quorate.deploy.bench.closed.LoadGenerator;
import io.quorate.deploy.bench.closed.Loop;
import io.quorate.deploy.bench.closed.Workload;
import io.quorate.deploy.bench.request.HttpProtocol;
import io.quorate.deploy.bench.request.KeyChoice;
import io.quorate.deploy.bench.request.Protocol;
import io.quorate.deploy.bench.request.SharedHead;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.local.folder.FolderTree;
import io.quorate.deploy.process.TrainingRun;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.Interruption;
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
import java.util.concurrent.TimeUnit;
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
            "The build writes the archive for the Java that it runs on. Run this again after a change of Java. From Java "
                    + "25 on it puts servers under load for some seconds, and the archive keeps what that taught about "
                    + "methods. The archive is never needed: without it, or with another Java, everything starts, only more "
                    + "slowly.",
            "",
            "Examples:",
            "  quorate archive",
            "  JAVA_HOME=/opt/jdk-25 quorate archive"
        })
final class ArchiveCommand implements Callable<Integer> {
    /** The archives of this Java keep what was learnt about methods. Those of earlier ones keep classes only. */
    private static final int FIRST_WITH_PROFILES = 25;

    private static final int CLASSES_MS = 1_500;
    private static final int PROFILES_MS = 8_000;

    private static final int CLIENTS = 32;
    private static final int KEYS = 5_000;
    private static final int VALUE_BYTES = 1_000;

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
            load(List.of(servers.nodePort(), servers.coordinatorPort()));
            useCommands("127.0.0.1:" + servers.nodePort(), folder.resolve("value"));
        } finally {
            FolderTree.delete(folder);
        }
    }

    /** Half reads, half writes, long enough for tables and merges, or for the methods of a busy server. */
    private static void load(List<Integer> ports) throws InterruptedException {
        List<Endpoint> endpoints =
                ports.stream().map(port -> new Endpoint("127.0.0.1", port)).toList();
        Protocol protocol = new HttpProtocol(SharedHead.PLAIN);
        Workload workload = new Workload(endpoints, CLIENTS, 0.5, KEYS, KeyChoice.UNIFORM, VALUE_BYTES, protocol, 1);
        boolean forProfiles = Runtime.version().feature() >= FIRST_WITH_PROFILES;
        try (Interruption interruption = Interruption.awaited();
                LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload);
            interruption.await(forProfiles ? PROFILES_MS : CLASSES_MS, TimeUnit.MILLISECONDS);
            generator.finish(loop);
            if (interruption.isSignalled()) {
                throw CommandFailure.refused("interrupted; no archive was written");
            }
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
