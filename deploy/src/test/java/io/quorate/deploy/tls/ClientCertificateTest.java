package io.quorate.deploy.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.coordinator.api.access.AccessAudit;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.access.AccessCheck;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.coordinator.api.access.Principal;
import io.quorate.coordinator.api.access.Requirement;
import io.quorate.coordinator.api.access.TokenDigest;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.http.ServerOptions;
import io.quorate.deploy.certificate.IssuedCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection with a client certificate, over real sockets, while time and authorities change. */
@Timeout(60)
final class ClientCertificateTest {
    private static final int READ_MS_MAX = 20_000;
    private static final String TOKEN = "token of app";
    private static final AccessRules RULES = new AccessRules(List.of(
            new AccessRules.Entry(new Principal("app", List.of()), List.of(TokenDigest.of(TOKEN))),
            new AccessRules.Entry(new Principal("other", List.of()), List.of())));

    private final Vertx vertx = Vertx.vertx();
    private final TestAuthority authority = new TestAuthority();
    private final TlsSockets sockets = new TlsSockets(authority.material(TestAuthority.node("n1")));
    private final ShiftedClock clock = new ShiftedClock();
    private volatile Optional<AccessCaller> caller = Optional.empty();
    private int port;

    /** The clock of this machine, set forward. */
    private static final class ShiftedClock implements Clock {
        private volatile long shiftMs;

        @Override
        public long wallMs() {
            return SystemClock.INSTANCE.wallMs() + shiftMs;
        }

        @Override
        public long monotonicNs() {
            return SystemClock.INSTANCE.monotonicNs();
        }
    }

    @BeforeEach
    void listen() {
        AccessControl control = AccessControl.of(TestAuthority.CLUSTER, RULES, AccessAudit.NONE, sockets.trust(clock));
        AccessCheck check = new AccessCheck(control);
        RequestIds ids = new RequestIds(1);
        HttpServer server = sockets.httpServer(vertx, ServerOptions.create()).requestHandler(request -> {
            AnswerHeaders.begin(request, ids);
            FailedRequest.guard(request.response(), () -> answer(check, request));
        });
        port = server.listen(0, "127.0.0.1").await().actualPort();
    }

    private void answer(AccessCheck check, HttpServerRequest request) {
        AccessCaller admitted = check.admit(new Requirement.AnyPrincipal(), request, "");
        caller = Optional.of(admitted);
        request.response().end(admitted.name());
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private static CertifiedName client(String name) {
        return new CertifiedName(TestAuthority.CLUSTER, CertifiedRole.CLIENT, new NodeId(name));
    }

    @Test
    void aCertificateIsGoodUntilItExpiresAndThenItsConnectionEnds() throws Exception {
        try (SSLSocket socket = connect(authority.issue(client("app")))) {
            assertTrue(send(socket, "").endsWith("\r\n\r\napp"));
            clock.shiftMs = Duration.ofDays(2).toMillis();

            String refusal = send(socket, "");

            assertTrue(refusal.startsWith("HTTP/1.1 401 "), refusal);
            assertTrue(refusal.contains("has expired, or no authority vouches for it any more"), refusal);
            assertEquals(-1, socket.getInputStream().read(), "the connection is open");
        }
    }

    /** A client that has renewed its certificate meets no refusal: it shows the new one on its next connection. */
    @Test
    void aConnectionEndsInTimeBeforeItsCertificateDoes() throws Exception {
        try (SSLSocket socket = connect(authority.issue(client("app")))) {
            clock.shiftMs = TestAuthority.LIFETIME.minusMinutes(5).toMillis();
            String early = send(socket, "");
            assertTrue(early.startsWith("HTTP/1.1 200 "), early);
            assertFalse(early.toLowerCase(Locale.ROOT).contains("connection: close"), early);
            clock.shiftMs = TestAuthority.LIFETIME.minusMinutes(1).toMillis();

            String last = send(socket, "");

            assertTrue(last.startsWith("HTTP/1.1 200 ") && last.endsWith("\r\n\r\napp"), last);
            assertTrue(last.toLowerCase(Locale.ROOT).contains("connection: close"), last);
            assertEquals(-1, socket.getInputStream().read(), "the connection is open");
        }
    }

    /** The chain ends at an authority in use already. The client sends one more certificate, which proves nothing. */
    @Test
    void anExpiredCrossCertificateBehindTheChainDoesNotMatter() throws Exception {
        IssuedCertificate own = authority.issue(client("app"));
        List<X509Certificate> chain = List.of(own.certificate(), authority.expiredCross());
        try (SSLSocket socket = connect(new TlsMaterial(chain, own.key(), List.of()))) {
            String answer = send(socket, "");
            assertTrue(answer.endsWith("\r\n\r\napp"), answer);
            clock.shiftMs = Duration.ofDays(2).toMillis();
            assertTrue(send(socket, "").startsWith("HTTP/1.1 401 "), "the client's own has expired");
        }
    }

    @Test
    void aCertificateEndsWithItsAuthorityOnOpenConnectionsToo() throws Exception {
        TestAuthority next = new TestAuthority();
        try (SSLSocket socket = connect(authority.issue(client("app")))) {
            assertTrue(send(socket, "").startsWith("HTTP/1.1 200 "));
            trust(List.of(authority.certificate(), next.certificate()));
            assertTrue(send(socket, "").startsWith("HTTP/1.1 200 "), "its authority is still there");
            trust(List.of(next.certificate()));

            assertTrue(send(socket, "").startsWith("HTTP/1.1 401 "));
            assertEquals(-1, socket.getInputStream().read(), "the connection is open");
        }
    }

    /** Of a stream, and of a body that takes long. */
    @Test
    void aRequestInFlightLosesItsCallerWithTheCertificate() throws Exception {
        try (SSLSocket socket = connect(authority.issue(client("app")))) {
            send(socket, "");
            assertTrue(caller.orElseThrow().renewed().isPresent());

            trust(List.of(new TestAuthority().certificate()));

            assertEquals(Optional.empty(), caller.orElseThrow().renewed());
        }
    }

    @Test
    void aTokenDoesNotNeedTheCertificateOfItsConnection() throws Exception {
        try (SSLSocket socket = connect(authority.issue(client("other")))) {
            clock.shiftMs = Duration.ofDays(2).toMillis();

            assertTrue(send(socket, "Authorization: Bearer " + TOKEN + "\r\n").endsWith("\r\n\r\napp"));
        }
    }

    @Test
    void aCertificateOfTwoPrincipalsIsOfNone() throws Exception {
        IssuedCertificate both = authority.issueFor(List.of(client("app"), client("other")));
        try (SSLSocket socket = connect(both)) {
            assertTrue(send(socket, "").startsWith("HTTP/1.1 401 "));
        }
    }

    private void trust(List<X509Certificate> authorities) {
        TlsMaterial old = sockets.material();
        sockets.use(new TlsMaterial(old.chain(), old.key(), authorities)).await();
    }

    private SSLSocket connect(IssuedCertificate own) throws IOException, GeneralSecurityException {
        return connect(authority.trusting(own));
    }

    private SSLSocket connect(TlsMaterial own) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {own.keyManager()},
                new TrustManager[] {TlsMaterial.trustManager(List.of(authority.certificate()))},
                null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(READ_MS_MAX);
        return socket;
    }

    /** @return the whole answer */
    private static String send(SSLSocket socket, String header) throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertTrue(next >= 0, "the connection ended after: " + head);
            head.append((char) next);
        }
        String length = head.toString().replaceAll("(?is).*content-length: ([0-9]+).*", "$1");
        return head + new String(in.readNBytes(Integer.parseInt(length)), US_ASCII);
    }
}
