package io.quorate.deploy.tls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.loop.AcceptLimits;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.LoopTransport;
import io.quorate.common.loop.SocketTransport;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.connection.ClientConnections;
import io.quorate.coordinator.api.http.ServerOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
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
import org.junit.jupiter.api.Test;
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

    /** For how long a connection had been accepted when its handshake was done, in ms. */
    private final BlockingQueue<Long> ages = new LinkedBlockingQueue<>();

    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final TestAuthority authority = new TestAuthority();
    private final TlsSockets sockets = new TlsSockets(authority.material(TestAuthority.node("n1")));
    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(2))
            .withTransport(
                    new LoopTransport(SocketTransport.best(), 0, new ClientLoad(), SystemClock.INSTANCE, accepts))
            .build();
    private final List<Socket> opened = new ArrayList<>();

    /** The kinds of ports. */
    enum Port {
        CLIENTS {
            @Override
            int listen(UnfinishedHandshakesTest test) {
                ClientConnections connections = new ClientConnections(
                        test.vertx, test.counts, new LongAdder(), MemoryBudget.unlimited(), SystemClock.INSTANCE);
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
                        .connectHandler(peer -> {
                            test.ages.add(
                                    AcceptLimits.msSinceAccepted(((NetSocketInternal) peer).channelHandlerContext()));
                            test.finished.add(test.counts.open());
                        })
                        .listen(0, "127.0.0.1")
                        .await()
                        .actualPort();
            }
        },
        GREETED_PEERS {
            @Override
            int listen(UnfinishedHandshakesTest test) {
                return test.sockets
                        .server(test.vertx, new NetServerOptions())
                        .connectHandler(peer -> {
                            AcceptLimits.greeted(((NetSocketInternal) peer).channelHandlerContext());
                            test.finished.add(test.counts.open());
                        })
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
        SSLContext context = peerContext();

        // A busy machine may take longer for a handshake than the server allows.
        Optional<Integer> counted = Optional.empty();
        for (int attempt = 0; attempt < 5 && counted.isEmpty(); attempt++) {
            counted = shakeHands(context, port);
            await().untilAsserted(() -> assertEquals(0, counts.open()));
        }
        assertEquals(Optional.of(1), counted);
    }

    /** What comes after the handshake of TLS has only the rest of the time. */
    @Test
    void theTimeOfAHandshakeCountsFromWhenTheConnectionWasAccepted() throws Exception {
        int port = Port.PEERS.listen(this);
        accepts.limit(port, counts, refused::add);
        long leastMs = 200;

        // A busy machine may take longer for a handshake than the server allows.
        Long age = null;
        for (int attempt = 0; attempt < 5 && age == null; attempt++) {
            try (SSLSocket socket = connectPeer(peerContext(), port)) {
                await().until(() -> counts.open() == 1);
                await().pollDelay(leastMs, TimeUnit.MILLISECONDS).until(() -> true);
                socket.startHandshake();
                age = ages.poll(5, TimeUnit.SECONDS);
            } catch (IOException e) {
                continue; // it took too long
            }
            await().untilAsserted(() -> assertEquals(0, counts.open()));
        }

        assertTrue(age != null && age >= leastMs, "ms since it was accepted: " + age);
    }

    /** Two addresses with as many silent connections as they may have fill the port. */
    @Test
    void silentStrangersDoNotShutOutAPeer() throws Exception {
        int port = Port.PEERS.listen(this);
        accepts.limitUngreeted(port, counts, refused::add);
        connectFrom("127.0.0.2", port);
        connectFrom("127.0.0.3", port);
        await().until(() -> counts.open() == 2 * MAX);

        // While the oldest closes, and on a busy machine, a handshake may take longer than the server allows.
        Optional<Integer> counted = Optional.empty();
        for (int attempt = 0; attempt < 5 && counted.isEmpty(); attempt++) {
            counted = shakeHands(peerContext(), port);
        }

        assertTrue(counted.isPresent(), "the peer was shut out");
        assertEquals("127.0.0.2", refused.get(0));
    }

    /** Its own oldest one makes room for it. Those of others stay. */
    @Test
    void anAddressWithTooManyClosesItsOwn() throws Exception {
        int port = Port.PEERS.listen(this);
        accepts.limitUngreeted(port, counts, refused::add);
        connectFrom("127.0.0.2", port);
        await().until(() -> counts.open() == MAX);
        List<Socket> own = connectFrom("127.0.0.3", port);
        await().until(() -> counts.open() == 2 * MAX);

        connect("127.0.0.3", port);

        assertTrue(isEnded(own.get(0)), "the oldest of this address");
        assertEquals(List.of("127.0.0.3"), refused);
    }

    @Test
    void aGreetedPeerNeverMakesRoom() throws Exception {
        int port = Port.GREETED_PEERS.listen(this);
        accepts.limitUngreeted(port, counts, refused::add);
        int greeted = 0;
        while (greeted < MAX) {
            try {
                connectPeer(peerContext(), port).startHandshake();
                greeted += finished.poll(5, TimeUnit.SECONDS) == null ? 0 : 1;
            } catch (IOException e) {
                // It took too long, so the server has closed it.
            }
        }
        await().until(() -> counts.open() == MAX);

        assertTrue(isEnded(connect("127.0.0.1", port)), "all others were greeted, so the newest is closed");
        assertEquals(MAX, counts.open());
    }

    private Optional<Integer> shakeHands(SSLContext context, int port) throws Exception {
        try (SSLSocket socket = connectPeer(context, port)) {
            socket.startHandshake();
            return Optional.ofNullable(finished.poll(5, TimeUnit.SECONDS));
        } catch (IOException e) {
            return Optional.empty(); // it took too long
        }
    }

    private SSLContext peerContext() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {authority.material(TestAuthority.node("n2")).keyManager()},
                new TrustManager[] {TlsMaterial.trustManager(List.of(authority.certificate()))},
                null);
        return context;
    }

    private SSLSocket connectPeer(SSLContext context, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        opened.add(socket);
        socket.setSoTimeout(READ_MS_MAX);
        return socket;
    }

    /** As many silent ones as an address may have. */
    private List<Socket> connectFrom(String address, int port) throws IOException {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < MAX; i++) {
            silent.add(connect(address, port));
        }
        return silent;
    }

    private Socket connect(int port) throws IOException {
        return connect("127.0.0.1", port);
    }

    /** @param address of this machine, from which it connects */
    private Socket connect(String address, int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(address), 0);
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
