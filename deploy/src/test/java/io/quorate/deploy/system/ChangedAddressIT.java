package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that know each other by names in a hosts file, which changes while they run. */
final class ChangedAddressIT {
    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @TempDir
    Path folder;

    @Test
    void aNodeThatMovesToAnotherAddressIsFoundWithoutARestartOfTheOthers() throws IOException {
        Path hosts = folder.resolve("hosts");
        Files.writeString(hosts, "127.0.0.1 n1.test n2.test n3.test\n");
        for (LocalNode node : cluster.nodes()) {
            node.kill();
            node.setVariables(variables(hosts, "127.0.0.1"));
        }
        cluster.startAndAwaitReady(cluster.node(1), cluster.node(2), cluster.node(3));
        cluster.nodes().forEach(node -> cluster.awaitUp(node, 3));

        LocalNode moved = cluster.node(3);
        moved.kill();
        cluster.awaitUp(cluster.node(1), 2);
        Files.writeString(hosts, "127.0.0.1 n1.test n2.test\n127.0.0.3 n3.test\n");
        moved.setVariables(variables(hosts, "127.0.0.3"));
        cluster.startAndAwaitReady(moved);

        cluster.nodes().forEach(node -> cluster.awaitUp(node, 3));
        assertEquals(201, cluster.client().put(cluster.node(1), "k", "v").statusCode());
    }

    private Map<String, String> variables(Path hosts, String peerHost) {
        StringBuilder members = new StringBuilder("[");
        for (LocalNode node : cluster.nodes()) {
            members.append("{id: " + node.id() + ", host: " + node.id() + ".test, port: " + node.peerPort() + "}, ");
        }
        return Map.of(
                "QUORATE_JAVA_OPTS",
                "-Djdk.net.hosts.file=" + hosts,
                "QUORATE_INSECURE_NETWORK",
                "i-understand",
                "QUORATE_PEER_HOST",
                peerHost,
                "QUORATE_MEMBERS",
                members.append("]").toString().replace(", ]", "]"));
    }
}
