package io.quorate.deploy.local.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.access.AccessCheck;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.coordinator.api.access.Grant;
import io.quorate.coordinator.api.access.Principal;
import io.quorate.coordinator.api.access.TokenDigest;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.route.RouteTable;
import io.quorate.deploy.audit.AuditLog;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.PortLayout;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rules change between the head of an order, which they allow, and its body. */
@Timeout(60)
final class RevokedFaultTest {
    private static final String TOKEN = "token of ops";
    /** A heal of all nodes, none of which runs. */
    private static final String BODY = "{\"fault\": \"heal\"}";

    private static final NodeId SELF = new NodeId("n1");

    @TempDir
    static Path home;

    private final Vertx vertx = Vertx.vertx();
    private final AuditLog audit =
            new AuditLog(home.resolve("audit.log"), 1 << 20, 1, false, SELF, SystemClock.INSTANCE);
    private final AccessControl control = AccessControl.of(new ClusterId("c"), rules("operate"), audit);
    private final Semaphore heads = new Semaphore(0);
    private int port;

    private static AccessRules rules(String... grants) {
        Principal ops = new Principal("ops", Stream.of(grants).map(Grant::parse).toList());
        return new AccessRules(List.of(new AccessRules.Entry(ops, List.of(TokenDigest.of(TOKEN)))));
    }

    @BeforeEach
    void listen() throws Exception {
        audit.start(task -> new Thread(task, "audit").start());
        ClusterFolder cluster = ClusterFolder.create(home, PortLayout.DEFAULT);
        cluster.createIfMissing();
        FaultsEndpoint endpoint = FaultsEndpoint.open(SELF, cluster.node(SELF).faultsFile(), vertx);
        RouteTable table = new RouteTable(endpoint.routes());
        AccessCheck check = new AccessCheck(control);
        RequestIds ids = new RequestIds(1);
        port = vertx.createHttpServer()
                .requestHandler(request -> handle(table, check, ids, request))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private void handle(RouteTable table, AccessCheck check, RequestIds ids, HttpServerRequest request) {
        AnswerHeaders.begin(request, ids);
        FailedRequest.guard(request.response(), () -> table.handle(request, check));
        heads.release();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whatWasTakenBackWhileTheOrderCameIsNotDone() throws Exception {
        assertEquals("200", statusAfter(rules("operate")));
        assertEquals("403", statusAfter(rules("observe")));
        assertEquals("401", statusAfter(new AccessRules(List.of())));

        audit.close();
        List<String> orders = Files.readAllLines(home.resolve("audit.log")).stream()
                .map(JsonObject::new)
                .filter(line -> line.getString("what").equals("order"))
                .map(line -> line.getString("principal") + ": " + line.getString("order"))
                .toList();
        assertEquals(List.of("ops: heal all"), orders, "the audit has the one that was done");
    }

    private String statusAfter(AccessRules meanwhile) throws Exception {
        control.use(rules("operate"));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String head = "POST /v1/faults HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nAuthorization: Bearer " + TOKEN + "\r\nContent-Length: "
                    + BODY.length() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            heads.acquire();
            control.use(meanwhile);
            socket.getOutputStream().write(BODY.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII).split(" ")[1];
        }
    }
}
