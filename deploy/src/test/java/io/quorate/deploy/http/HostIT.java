package io.quorate.deploy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.FreePorts;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.RawConnection;
import io.quorate.deploy.cluster.RawConnection.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that somebody made point to a node reads and writes nothing there, and each of its own names does. */
final class HostIT {
    @RegisterExtension
    static final LocalCluster CLUSTER =
            LocalCluster.ofThree("httpNames: [Quorate.Example, 'whole.example.', '*.pods.svc']\n");

    private static final String END = "Connection: close\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:1",
                "localhost.:9999",
                "127.0.0.1",
                "127.0.0.1:7001",
                "192.168.0.7:80",
                "[::1]",
                "[::1]:7001",
                "[FE80::1]:7001",
                "quorate.example",
                "QUORATE.EXAMPLE.:7001",
                "whole.example:",
                "quorate-0.pods.svc:7001",
            })
    void aNameOfTheNodeIsAnswered(String host) throws IOException {
        assertEquals(404, get("/v1/kv/nobody", "Host: " + host + "\r\n").status());
        assertEquals(200, get("/v1/cluster", "Host: " + host + "\r\n").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example",
                "rebound.example:7001",
                "127.0.0.1.rebound.example",
                "localhost.rebound.example:7001",
                "quorate.example.rebound",
                "sub.quorate.example",
                "pods.svc",
                "2130706433",
                "[::1].rebound.example",
                "",
            })
    void anyOtherNameIsRefusedBeforeAnyEffect(String host) throws IOException {
        for (String request : new String[] {
            "PUT /v1/kv/stranger",
            "DELETE /v1/kv/kept",
            "GET /v1/kv/kept",
            "GET /v1/cluster",
            "GET /",
            "GET /metrics",
            "GET /openapi.yaml",
            "OPTIONS /v1/kv/kept",
            "GET /no/such/path"
        }) {
            Answer answer = send(request + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n" + END);
            if (host.equals("[::1].rebound.example")) {
                assertEquals(400, answer.status(), "it is no host");
            } else {
                assertRefused(host, answer);
            }
        }
        assertEquals(404, get("/v1/kv/stranger", "Host: localhost\r\n").status());
    }

    private static void assertRefused(String host, Answer answer) {
        assertEquals(403, answer.status(), answer.body());
        JsonObject problem = new JsonObject(answer.body());
        String detail = problem.getString("detail");
        assertTrue(detail.contains("'" + host + "'") && detail.contains("httpNames"), detail);
        assertTrue(detail.endsWith("Nothing was applied"), detail);
        assertEquals("none", problem.getString("outcome"));
        assertEquals(answer.headers().get("quorate-request-id"), problem.getString("requestId"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: localhost\r\nHost: localhost\r\n",
                "Host: localhost\r\nHost: rebound.example\r\n",
                "Host: rebound.example\r\nHost: localhost\r\n",
                "Host: ::1\r\n",
                "Host: localhost, rebound.example\r\n",
                "Host: localhost:7001:7001\r\n",
            })
    void anotherNumberOfHostsThanOneIsNoRequest(String headers) throws IOException {
        assertEquals(400, get("/v1/cluster", headers).status());
        assertEquals(400, get("/health/live", headers).status());
    }

    /** A browser never speaks it, and old probes of load balancers do. */
    @Test
    void theOldProtocolMayLeaveItOutAndMayNotNameAnother() throws IOException {
        assertEquals(200, send("GET /v1/cluster HTTP/1.0\r\n\r\n").status());
        assertEquals(
                403,
                send("GET /v1/cluster HTTP/1.0\r\nHost: rebound.example\r\n\r\n")
                        .status());
    }

    @Test
    void theHostOfAUriCountsToo() throws IOException {
        assertEquals(
                403,
                send("GET http://rebound.example/v1/cluster HTTP/1.1\r\nHost: localhost\r\n" + END)
                        .status());
        assertEquals(
                403,
                send("GET http://localhost/v1/cluster HTTP/1.1\r\nHost: rebound.example\r\n" + END)
                        .status());
        assertEquals(
                200,
                send("GET http://[::1]:7/v1/cluster HTTP/1.1\r\nHost: localhost\r\n" + END)
                        .status());
    }

    /** Load balancers and probes ask under names of their own, and pages learn nothing from it. */
    @Test
    void healthIsAnsweredUnderAnyName() throws IOException {
        for (String host : new String[] {"balancer.example", "10.1.2.3:7001", ""}) {
            assertEquals(200, get("/health/live", "Host: " + host + "\r\n").status());
            assertEquals(200, get("/health/ready", "Host: " + host + "\r\n").status());
        }
    }

    @Test
    void theAdminPortHasTheSameNames() throws IOException {
        int admin = FreePorts.take(1).get(0);
        CLUSTER.startCoordinator(
                "front",
                Map.of("QUORATE_ADMIN_PORT", Integer.toString(admin), "QUORATE_HTTP_NAMES", "[front.example]"));
        for (String[] each : new String[][] {
            {"/metrics", "10.1.2.3:" + admin, "200"},
            {"/metrics", "front.example:" + admin, "200"},
            {"/metrics", "quorate.example", "403"},
            {"/health/live", "quorate.example", "200"},
        }) {
            Answer answer = send(admin, "GET " + each[0] + " HTTP/1.1\r\nHost: " + each[1] + "\r\n" + END);
            assertEquals(Integer.parseInt(each[2]), answer.status(), each[0] + " " + each[1]);
            assertEquals("nosniff", answer.headers().get("x-content-type-options"));
        }
        Answer bytes = send(admin, "these are no request\r\n\r\n");
        assertEquals(400, bytes.status());
        assertEquals(
                bytes.headers().get("quorate-request-id"),
                new JsonObject(bytes.body()).getString("requestId"),
                bytes.body());
    }

    private static Answer get(String path, String headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\n" + headers + END);
    }

    private static Answer send(String request) throws IOException {
        return send(CLUSTER.node(1).httpPort(), request);
    }

    private static Answer send(int port, String request) throws IOException {
        try (RawConnection connection = new RawConnection(LocalNode.HOST, port)) {
            connection.send(request);
            return connection.answer();
        }
    }
}
