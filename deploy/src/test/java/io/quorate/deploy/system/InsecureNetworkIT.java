package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.Distribution;
import io.quorate.deploy.cluster.FreePorts;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster that says {@code insecureNetwork: i-understand} says so wherever an operator looks. */
final class InsecureNetworkIT {
    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree("insecureNetwork: i-understand\n");

    private final LocalNode n1 = CLUSTER.node(1);
    private final String endpoint = LocalNode.HOST + ":" + n1.httpPort();

    @Test
    void theApiAndTheMetricsSaySo() {
        assertEquals(true, get("/v1/cluster").bodyAsJsonObject().getBoolean("insecureNetwork"));
        assertTrue(get("/metrics").bodyAsString().contains("\nquorate_insecure_network 1.0\n"));
    }

    private HttpResponse<Buffer> get(String uri) {
        return CLUSTER.client().send(CLUSTER.client().request(HttpMethod.GET, n1, uri));
    }

    @Test
    void theCommandsSaySoInRed() {
        Map<String, String> terminal = Map.of("QUORATE_JAVA_OPTS", "-Dquorate.terminal=1", "TERM", "xterm");
        CommandRun nodes = typed(terminal, "nodes");
        assertTrue(nodes.output().contains("\u001b[31mINSECURE NETWORK: "), nodes::output);
        assertEquals(0, nodes.exitCode(), nodes::output);
        CommandRun plain = typed(Map.of(), "nodes");
        assertTrue(plain.output().startsWith("INSECURE NETWORK: "), plain::output);

        CommandRun doctor = typed(terminal, "doctor");
        assertTrue(
                doctor.output().contains("\u001b[31mproblem\u001b[0m  cluster: n1, n2 and n3 have no TLS"),
                doctor::output);
        assertEquals(1, doctor.exitCode(), doctor::output);
    }

    private CommandRun typed(Map<String, String> environment, String command) {
        return CommandRun.of(environment, List.of(Distribution.launcher().toString(), command, "-e", endpoint));
    }

    @Test
    void theLogSaysSo() {
        assertTrue(
                n1.log().lines().anyMatch(line -> line.contains("WARN") && line.contains("insecureNetwork: ")),
                n1::log);
    }

    @Test
    void theHealthCheckOfTheImageAsksAPortWithoutTls() {
        Map<String, String> port = Map.of("QUORATE_HTTP_PORT", Integer.toString(n1.httpPort()));
        CommandRun healthy = CommandRun.of(port, List.of("docker/healthy"));
        assertEquals(0, healthy.exitCode(), healthy::output);
        Map<String, String> closed = Map.of("QUORATE_HTTP_PORT", Integer.toString(FreePorts.takeRow(1)));
        assertNotEquals(0, CommandRun.of(closed, List.of("docker/healthy")).exitCode());
    }
}
