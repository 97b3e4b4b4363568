package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.Distribution;
import io.quorate.deploy.cluster.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code quorate cluster} as a person types it, on ports and in a folder of its own. */
public record RealCluster(Path home, int nodes, int httpBase, int peerBase) {
    public static RealCluster in(Path home, int nodes) {
        return new RealCluster(home, nodes, FreePorts.takeRow(nodes), FreePorts.takeRow(nodes));
    }

    public CommandRun run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Distribution.launcher().toString(), "cluster"));
        command.addAll(List.of(arguments));
        return CommandRun.of(
                Map.of(
                        "QUORATE_HOME", home.toString(),
                        "QUORATE_NODES", Integer.toString(nodes),
                        "QUORATE_HTTP_PORT_BASE", Integer.toString(httpBase),
                        "QUORATE_PEER_PORT_BASE", Integer.toString(peerBase),
                        "QUORATE_WAIT_SECONDS", "60"),
                command);
    }

    public String runToSuccess(String... arguments) {
        CommandRun run = run(arguments);
        assertEquals(0, run.exitCode(), run::output);
        return run.output();
    }

    public int httpPort(int node) {
        return httpBase + node;
    }
}
