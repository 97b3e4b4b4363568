package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.ClusterCertificates;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.ShellRun;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster whose nodes and clients speak TLS. */
final class SecuredClusterIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 100;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThreeSecured("silentMs: 5000\nrequestTimeoutMs: 10000\n");

    /** Trusts the old authority and the next one. */
    private KvClient client;

    @Test
    void aNodeThatWasKilledComesBackAndHasWhatItMissed() {
        cluster.node(3).kill();
        assertEquals(201, cluster.client().put(cluster.node(1), "key", "value").statusCode());

        cluster.startAndAwaitReady(cluster.node(3));
        cluster.nodes().forEach(node -> cluster.awaitUp(node, 3));

        assertEquals("value", cluster.client().get(cluster.node(3), "key").bodyAsString());
    }

    @Test
    void allCertificatesAndTheAuthorityAreRenewedUnderLoadAndNotOneRequestFails() throws IOException {
        ClusterCertificates certificates = cluster.certificates();
        String old = Files.readString(certificates.bundle());
        String next = certificates.changeAuthority();
        client =
                new KvClient(Files.writeString(cluster.folder().resolve("both.crt"), old + next), certificates.token());
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::step)) {
            clients.awaitFurther(REQUESTS);
            certificates.trust(old + next);
            awaitNewMaterial(1);
            for (LocalNode node : cluster.nodes()) {
                certificates.issue(node.id());
            }
            awaitNewMaterial(2);
            clients.awaitFurther(REQUESTS);
            certificates.trust(next);
            awaitNewMaterial(3);
            clients.awaitFurther(REQUESTS);
            clients.stop();
        }
        client.close();
        assertNewConnectionsTrustOnlyTheNextAuthority();
    }

    private void step(int number) {
        String key = "client/" + number;
        LocalNode node = cluster.node(1 + number % 3);
        HttpResponse<Buffer> put = client.put(node, key, "value");
        assertTrue(put.statusCode() == 201 || put.statusCode() == 200, () -> "put: " + KvClient.describe(put));
        HttpResponse<Buffer> get = client.get(node, key);
        assertEquals("value", get.bodyAsString(), () -> "get: " + KvClient.describe(get));
    }

    /** Each node says so once for each change of its files that it found. It looks every few seconds. */
    private void awaitNewMaterial(int times) {
        for (LocalNode node : cluster.nodes()) {
            await().atMost(LONGEST).until(() -> count(node.log(), "new connections use the certificate ") >= times);
        }
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    /** A node that comes back has to dial all others, and they have to dial it. */
    private void assertNewConnectionsTrustOnlyTheNextAuthority() {
        cluster.reopenClient();
        cluster.node(2).kill();
        cluster.startAndAwaitReady(cluster.node(2));
        cluster.nodes().forEach(node -> cluster.awaitUp(node, 3));
        assertEquals("value", cluster.client().get(cluster.node(2), "client/1").bodyAsString());
    }

    @Test
    void curlNeedsTheAuthorityAndHttps() {
        LocalNode node = cluster.node(1);
        String address = node.host() + ":" + node.httpPort() + "/v1/kv/curl";
        String ca = cluster.certificates().bundle().toString();
        String token = "-H 'Authorization: Bearer " + cluster.certificates().token() + "' ";

        assertEquals(
                0,
                curl(token + "-f -T - --cacert '" + ca + "' https://" + address + " <<< value")
                        .exitCode());
        assertEquals(
                "value\n",
                curl(token + "-f --cacert '" + ca + "' https://" + address).out());
        assertEquals(60, curl("https://" + address).exitCode(), "an unknown authority");
        assertTrue(curl("http://" + address).exitCode() != 0, "no answer without TLS");
    }

    @Test
    void aBenchmarkSpeaksTlsInBothLoops() {
        String typed = "\"$Q\" bench --seconds 1 --warmup-seconds 0 --keys 100 --clients 4 -o json --ca '"
                + cluster.certificates().bundle() + "' "
                + cluster.certificates().clientOptions() + " -e localhost:"
                + cluster.node(1).httpPort();

        ShellRun closed = ShellRun.of(Map.of(), typed);
        assertEquals(0, closed.exitCode(), closed::err);
        assertTrue(closed.out().contains("\"serverCpuSecondsPer10k\":"), closed::out);
        ShellRun open = ShellRun.of(Map.of(), typed + " --rate 50");
        assertEquals(0, open.exitCode(), open::err);

        ShellRun unknown =
                ShellRun.of(Map.of(), typed.replaceFirst("--ca '[^']*'", "").replace("-e ", "-e https://"));
        assertEquals(1, unknown.exitCode(), unknown::out);
        assertTrue(unknown.err().contains("--ca"), unknown::err);
    }

    @Test
    void theHealthCheckOfTheImageAsksAPortWithTls() {
        LocalNode node = cluster.node(1);
        Map<String, String> port = Map.of("QUORATE_HTTP_PORT", Integer.toString(node.httpPort()));
        ShellRun healthy = ShellRun.of(port, "docker/healthy");
        assertEquals(0, healthy.exitCode(), healthy::err);
        node.pause();
        assertTrue(ShellRun.of(port, "docker/healthy").exitCode() != 0, "it does not answer");
        node.resume();
    }

    private ShellRun curl(String arguments) {
        return ShellRun.of(Map.of(), "curl -sS " + arguments);
    }
}
