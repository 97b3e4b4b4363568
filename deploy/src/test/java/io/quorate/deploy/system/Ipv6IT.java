package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.deploy.cluster.FreePorts;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node at {@code [::1]}, and every command that speaks to it. */
final class Ipv6IT {
    private static final String START = """
            $Q node --config node.yaml --init >log 2>&1 & pid=$!
            for i in $(seq 300); do grep -q 'answers at' log && break; sleep 0.1; done
            trap 'kill -9 $pid' EXIT
            """;

    @TempDir
    Path folder;

    private int port;

    @BeforeEach
    void configure() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "this machine has no IPv6");
        port = FreePorts.takeRow(2);
        Files.writeString(folder.resolve("node.yaml"), """
                {clusterId: test, nodeId: n1, dataDirectory: data, ballastBytes: 1048576,
                 httpHost: '[::1]', httpPort: %d, peerHost: '::1', peerPort: %d,
                 members: [{id: n1, host: '::1', port: %d, httpPort: %d}]}
                """.formatted(port, port + 1, port + 1, port));
    }

    @Test
    void everyCommandReachesANodeThereAndPrintsItsAddressInBrackets() {
        ShellRun run = run(START
                + "set -e; $Q put a value; $Q get a -v; echo; $Q cas b absent 1; $Q scan; $Q key replicas a; $Q nodes;"
                + " $Q delete b; $Q doctor; $Q bench --load --keys 10 --seconds 1 --warmup-seconds 0;"
                + " eval \"$($Q get a --curl)\"; echo; cat log");

        assertEquals(0, run.exitCode(), run::toString);
        String place = "[::1]:" + port;
        assertTrue(run.err().contains("status    200 from " + place), run::toString);
        assertTrue(run.out().contains("endpoint " + place), run::toString);
        assertTrue(run.out().contains("answers at http://" + place), run::toString);
        assertFalse((run.out() + run.err()).matches("(?s).*[^\\[]::1:" + port + ".*"), run::toString);
    }

    @Test
    void refusalsNameItInBracketsToo() {
        ShellRun run = run(START + "sed s/data,/other,/ node.yaml >b.yaml; $Q node --config b.yaml --init;"
                + " QUORATE_HTTP_HOST='[::1]' $Q doctor --config node.yaml; QUORATE_ENDPOINTS='[::1]:1' $Q get a");

        String place = "[::1]:" + port;
        assertTrue(run.err().contains("cannot listen on [::1]:"), run::toString);
        assertTrue(run.out().contains(place + " cannot be listened on"), run::toString);
        assertTrue(run.err().contains("[::1]:1 (connection refused)"), run::toString);
    }

    private ShellRun run(String line) {
        return ShellRun.of(
                Map.of("FOLDER", folder.toString(), "QUORATE_ENDPOINTS", "[::1]:" + port), "cd \"$FOLDER\"; " + line);
    }
}
