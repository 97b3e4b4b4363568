package io.quorate.deploy.local.process;

import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts processes of the program that this process is of. They outlive this process, its terminal and its parent. */
public final class Launcher {
    private static final Path SET_SID = Path.of("/usr/bin/setsid");

    /** These would override the option in the files of all nodes. */
    private static final List<String> OF_ONE_NODE = List.of(
            "QUORATE_CLUSTER_ID",
            "QUORATE_NODE_ID",
            "QUORATE_DATA_DIRECTORY",
            "QUORATE_MEMBERS",
            "QUORATE_HTTP_HOST",
            "QUORATE_HTTP_PORT",
            "QUORATE_PEER_HOST",
            "QUORATE_PEER_PORT",
            "QUORATE_FAULTS_FILE");

    /** What tells a command where its cluster is, and who sends it. A server has no use for these, and lives long. */
    private static final List<String> OF_A_CLIENT = List.of(
            "QUORATE_ENDPOINTS",
            "QUORATE_CA",
            "QUORATE_CERT",
            "QUORATE_KEY",
            "QUORATE_TOKEN",
            "QUORATE_TOKEN_FILE",
            "QUORATE_PROFILE",
            "QUORATE_PROFILES");

    private final List<String> program;
    private final Map<String, String> forAll;

    public Launcher() throws LocalClusterException {
        this(Map.of());
    }

    /** @param forAll variables that each process gets beside those of this process */
    public Launcher(Map<String, String> forAll) throws LocalClusterException {
        this.forAll = Map.copyOf(forAll);
        this.program = ServerProgram.ofThisProcess(forAll);
    }

    /** Starts a node, and returns at once. */
    NodeProcess startNode(ClusterFolder cluster, NodeFolder node) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("node", "--config", node.configuration().toString()));
        if (!node.hasData() && !node.wasInitialised()) {
            arguments.add("--init");
        }
        Optional<NodeProcess> owner = cluster.owner();
        if (owner.isPresent()) {
            arguments.addAll(List.of("--owner", Long.toString(owner.get().pid())));
        }
        Map<String, String> environment = cluster.allowsFaults()
                ? Map.of("QUORATE_FAULTS_FILE", node.faultsFile().toString())
                : Map.of();
        return start(arguments, environment, node.log());
    }

    /** Starts {@code quorate} with these arguments, and returns at once. */
    public NodeProcess start(List<String> arguments, Map<String, String> environment, Path log) throws IOException {
        List<String> command = new ArrayList<>(detached());
        command.addAll(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        OF_ONE_NODE.forEach(builder.environment()::remove);
        OF_A_CLIENT.forEach(builder.environment()::remove);
        builder.environment().putAll(forAll);
        builder.environment().putAll(environment);
        return NodeProcess.of(builder.start().pid());
    }

    /**
     * Gives the node a session of its own, so that it does not end with this terminal. Neither program changes the pid.
     */
    private static List<String> detached() {
        return Files.isExecutable(SET_SID) ? List.of(SET_SID.toString()) : List.of("nohup");
    }
}
