package io.quorate.deploy.tls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.loop.AcceptLimits;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.LoopTransport;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.connection.ClientConnections;
import io.quorate.coordinator.api.http.ServerOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real connections that never finish the handshake of TLS. */
@Timeout(60)
final class UnfinishedHandshakesTest {
    private static final int MAX = 4;
    private static final int READ_MS_MAX = 20_000;

    private final AcceptLimits accepts = new AcceptLimits();
    private final ConnectionCounts counts = new ConnectionCounts(2 * MAX, MAX);
    /** How many counted when a handshake was done. */
    private final BlockingQueue<Integer> finished = new LinkedBlockingQueue<>();

    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final TestAuthority authority = new TestAuthority();
    private final TlsSockets sockets = new TlsSockets(authority.material(TestAuthority.node("n1")));
    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(2))
            .withTransport(new LoopTransport(0, new ClientLoad(), SystemClock.INSTANCE, accepts))
            .build();
    private final List<Socket> opened = new ArrayList<>();

    /** The two kinds of ports. */
    enum Port {
        CLIENTS {
            @Override
            int listen(UnfinishedHandshakesTest test) {
                ClientConnections connections =
                        new ClientConnections(test.vertx, test.counts, new LongAdder(), SystemClock.INSTANCE);
                return test.sockets
                        .httpServer(test.vertx, ServerOptions.create())
                        .connectionHandler(connection -> {
                            connections.opened(connection);
                            test.finished.add(test.counts.open());
                        })
                        .requestHandler(request -> request.response().end())
                        .listen(0, "127.0.0.1")
                        .await()
                        .actualPort();
            }
        },
        PEERS {
            @Override
            int listen(UnfinishedHandshakesTest test) {
                return test.sockets
                        .server(test.vertx, new NetServerOptions())
                        .connectHandler(peer -> test.finished.add(test.counts.open()))
                        .listen(0, "127.0.0.1")
                        .await()
                        .actualPort();
            }
        };

        abstract int listen(UnfinishedHandshakesTest test);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : opened) {
            socket.close();
        }
        vertx.close().await();
    }

    @ParameterizedTest
    @EnumSource
    void theyCountAndEnd(Port kind) throws Exception {
        int port = kind.listen(this);
        accepts.limit(port, counts, refused::add);
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < MAX; i++) {
            silent.add(connect(port));
        }
        await().until(() -> counts.open() == MAX);

        assertTrue(isEnded(connect(port)), "one more than the limit");
        assertEquals(1, counts.refused());
        assertEquals(List.of("127.0.0.1"), refused);

        for (Socket socket : silent) {
            assertTrue(isEnded(socket), "the server ends a handshake that takes too long");
        }
        await().untilAsserted(() -> assertEquals(0, counts.open()));
    }

    @ParameterizedTest
    @EnumSource
    void aFinishedOneCountsOnce(Port kind) throws Exception {
        int port = kind.listen(this);
        accepts.limit(port, counts, refused::add);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {authority.material(TestAuthority.node("n2")).keyManager()},
                new TrustManager[] {TlsMaterial.trustManager(List.of(authority.certificate()))},
                null);

        // A busy machine may take longer for a handshake than the server allows.
        Optional<Integer> counted = Optional.empty();
        for (int attempt = 0; attempt < 5 && counted.isEmpty(); attempt++) {
            counted = shakeHands(context, port);
            await().untilAsserted(() -> assertEquals(0, counts.open()));
        }
        assertEquals(Optional.of(1), counted);
    }

    private Optional<Integer> shakeHands(SSLContext context, int port) throws Exception {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return Optional.ofNullable(finished.poll(5, TimeUnit.SECONDS));
        } catch (IOException e) {
            return Optional.empty(); // it took too long
        }
    }

    private Socket connect(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        opened.add(socket);
        socket.setSoTimeout(READ_MS_MAX);
        return socket;
    }

    private static boolean isEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length < 16; // at most an alert of TLS
        } catch (SocketException e) {
            return true; // it was reset
        }
    }
}
