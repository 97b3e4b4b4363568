package io.quorate.common.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.time.SystemClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Real sockets on one event loop with two ports: one for clients, one for the other processes. */
@ParameterizedClass
@MethodSource("transports")
class LoopTurnsTest {
    private static final int CLIENTS = 64;
    private static final int NEW_CLIENTS = 400;
    private static final int LIMIT = 8;
    private static final int LONG_BYTES = 100_000;

    private final SocketTransport transport;
    private final ClientLoad load = new ClientLoad();
    private final AcceptLimits limits = new AcceptLimits();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicBoolean openBeyondLimit = new AtomicBoolean();
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();
    private final Map<String, Boolean> hasCounted = new ConcurrentHashMap<>();
    private final List<Integer> readOf = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new ArrayList<>();

    /** What follows as soon as the next connection is open. */
    private final AtomicReference<Runnable> afterOpened = new AtomicReference<>(() -> {});

    private Vertx vertx;
    private Context loop;
    private NetServer clientServer;
    private int clientPort;
    private int peerPort;

    LoopTurnsTest(SocketTransport transport) {
        this.transport = transport;
    }

    /** Those that this machine has. */
    static Set<SocketTransport> transports() {
        return EnumSet.of(SocketTransport.SELECTOR, SocketTransport.best());
    }

    @BeforeEach
    void listen() throws Exception {
        clientPort = freePort();
        vertx = Vertx.builder()
                .withTransport(new LoopTransport(transport, clientPort, load, SystemClock.INSTANCE, limits))
                .build();
        loop = vertx.getOrCreateContext();
        peerPort = onLoop(() -> {
            LoopTurns.current().orElseThrow().readClientsBy(intake());
            return server("peer").listen(0).map(NetServer::actualPort);
        });
        clientServer = onLoop(() -> server("client").listen(clientPort));
    }

    private Intake intake() {
        return new Intake() {
            @Override
            public boolean isOpen() {
                return open.get();
            }

            @Override
            public boolean isOpenBeyondLimit() {
                return openBeyondLimit.get();
            }

            @Override
            public int limit() {
                return LIMIT;
            }
        };
    }

    @AfterEach
    void close() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private <T> T onLoop(Callable<Future<T>> part) throws Exception {
        Promise<T> done = Promise.promise();
        loop.runOnContext(any -> {
            try {
                part.call().onComplete(done);
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Notes what it reads, and answers by the same. */
    private NetServer server(String kind) {
        return vertx.createNetServer(new NetServerOptions().setAcceptBacklog(2 * NEW_CLIENTS))
                .connectHandler(socket -> {
                    order.add("new " + kind);
                    opened.add(kind);
                    afterOpened.getAndSet(() -> {}).run();
                    hasCounted.put(kind, AcceptLimits.hasCounted(((NetSocketInternal) socket).channelHandlerContext()));
                    socket.handler(bytes -> received(kind, socket, bytes));
                });
    }

    private void received(String kind, NetSocket socket, Buffer bytes) {
        boolean late = LoopTurns.current()
                .orElseThrow()
                .sheds(InetAddress.getLoopbackAddress(), RequestClass.READ)
                .equals(Optional.of(ShedReason.LATE));
        order.add(kind);
        readOf.add(socket.remoteAddress().port());
        read.add(late ? "late" : kind);
        socket.write(bytes);
    }

    private Socket connect(int port) throws Exception {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("localhost", port));
        sockets.add(socket);
        return socket;
    }

    private Socket knownFrom(String address) throws Exception {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", clientPort));
        sockets.add(socket);
        return known(socket);
    }

    /** Returns when the server has accepted it, and answered. */
    private Socket known(int port) throws Exception {
        return known(connect(port));
    }

    private Socket known(Socket socket) throws Exception {
        exchange(socket);
        read.poll(20, TimeUnit.SECONDS);
        return socket;
    }

    private static void exchange(Socket socket) throws Exception {
        socket.getOutputStream().write('x');
        assertEquals('x', socket.getInputStream().read());
    }

    /** All send while the event loop is busy, so all are ready in its next turn. */
    private void sendInOneTurn(List<Socket> senders) throws Exception {
        order.clear();
        read.clear();
        onLoop(() -> {
            for (Socket sender : senders) {
                sender.getOutputStream().write('x');
            }
            return Future.succeededFuture();
        });
        for (Socket sender : senders) {
            assertEquals('x', sender.getInputStream().read());
        }
    }

    @Test
    void aPeerIsServedBeforeClientsThatWereReadyEarlier() throws Exception {
        List<Socket> senders = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            senders.add(known(clientPort));
        }
        senders.add(known(peerPort));
        sendInOneTurn(senders);
        assertEquals("peer", order.get(0), () -> order.toString());
        assertEquals(CLIENTS + 1, order.size());
    }

    /** Nothing else wakes the loop while its port accepts no more. */
    @Test
    void aQuietLoopTakesAllNewClients() throws Exception {
        for (int i = 0; i < NEW_CLIENTS; i++) {
            connect(clientPort);
        }
        for (int i = 0; i < NEW_CLIENTS; i++) {
            assertEquals("client", opened.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aPortAcceptsSeveralConnectionsAtATime() {
        Channel port = new LoopTransport(transport, clientPort, load, SystemClock.INSTANCE)
                .implementation()
                .serverChannelFactory(false)
                .newChannel();
        MaxMessagesRecvByteBufAllocator allocator = port.config().getRecvByteBufAllocator();
        assertEquals(AcceptedGate.ACCEPTS_MAX, allocator.maxMessagesPerRead());
        var handle = (RecvByteBufAllocator.ExtendedHandle) allocator.newHandle();
        handle.reset(port.config());
        handle.attemptedBytesRead(64);
        handle.lastBytesRead(7); // epoll gives the number of the descriptor
        handle.incMessagesRead(1);
        assertTrue(handle.continueReading());
    }

    /** The loop makes the places of all that it is told of before it serves any socket again. */
    @Test
    void aPeerIsServedBetweenManyNewClients() throws Exception {
        Socket peer = known(peerPort);
        known(clientPort);
        order.clear();
        onLoop(() -> {
            peer.getOutputStream().write('x');
            for (int i = 0; i < NEW_CLIENTS; i++) {
                connect(clientPort);
            }
            return Future.succeededFuture();
        });
        assertEquals('x', peer.getInputStream().read());
        int before = order.indexOf("peer");
        assertTrue(before <= 2 * AcceptedGate.BATCH_MAX, () -> before + " new clients went first");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (order.size() <= NEW_CLIENTS) {
                exchange(peer);
            }
        });
    }

    /** A client of another address does not wait behind all of a crowd that came before it. */
    @Test
    void theAddressesOfNewClientsTakeTurns() throws Exception {
        known(clientPort);
        Socket polite = new Socket();
        polite.bind(new InetSocketAddress("127.0.0.2", 0));
        sockets.add(polite);
        order.clear();
        onLoop(() -> {
            for (int i = 0; i < NEW_CLIENTS; i++) {
                connect(clientPort);
            }
            polite.connect(new InetSocketAddress("127.0.0.1", clientPort));
            polite.getOutputStream().write('x');
            return Future.succeededFuture();
        });
        assertEquals('x', polite.getInputStream().read());
        int before = Collections.frequency(order, "new client") - 1;
        assertTrue(before <= 3 * AcceptedGate.BATCH_MAX, () -> before + " new clients of another address went first");
    }

    /** The first batch is open then, and all others that the port accepted wait. */
    @Test
    void aPortThatClosesClosesThoseThatNoEventLoopGot() throws Exception {
        ConnectionCounts counts = new ConnectionCounts(NEW_CLIENTS, NEW_CLIENTS);
        limits.limit(clientPort, counts, closed -> {});
        afterOpened.set(clientServer::close);
        onLoop(() -> {
            for (int i = 0; i < NEW_CLIENTS; i++) {
                connect(clientPort);
            }
            return Future.succeededFuture();
        });
        for (Socket each : sockets) {
            each.setSoTimeout(20_000);
            assertTrue(isClosed(each));
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertTrue(opened.size() <= AcceptedGate.BATCH_MAX, () -> opened.size() + " were open");
        assertEquals(0, counts.open(), "a closed connection takes no place");
    }

    /** What its port does not count is counted later, by its server. */
    @Test
    void onlyConnectionsOfAPortWithLimitsCountThere() throws Exception {
        limits.limitUngreeted(peerPort, new ConnectionCounts(LIMIT, LIMIT), closed -> {});
        known(peerPort);
        known(clientPort);
        assertEquals(Map.of("peer", true, "client", false), hasCounted);
    }

    /** They use up a batch without giving an event loop anything, so no event loop asks for the next batch. */
    @Test
    void aPortServesThoseBehindStrangersThatMadeRoom() throws Exception {
        limits.limitUngreeted(peerPort, new ConnectionCounts(NEW_CLIENTS, LIMIT), closed -> {});
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        loop.runOnContext(any -> {
            held.countDown();
            awaitUninterrupted(goOn);
        });
        held.await();
        for (int i = 0; i < NEW_CLIENTS; i++) {
            connect(peerPort);
        }
        Socket last = connect(peerPort);
        last.setSoTimeout(20_000);
        goOn.countDown();
        exchange(last);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** So what it has sent beyond its first request is in the socket buffer of the system, and not in objects. */
    @Test
    void aClientIsReadOnceInATurnHoweverMuchItHasSent() throws Exception {
        Socket one = known(clientPort);
        Socket other = known(clientPort);
        readOf.clear();
        onLoop(() -> {
            one.getOutputStream().write(new byte[LONG_BYTES]);
            other.getOutputStream().write(new byte[LONG_BYTES]);
            return Future.succeededFuture();
        });
        assertEquals(LONG_BYTES, one.getInputStream().readNBytes(LONG_BYTES).length);
        assertEquals(LONG_BYTES, other.getInputStream().readNBytes(LONG_BYTES).length);
        assertEquals(
                Set.of(one.getLocalPort(), other.getLocalPort()),
                Set.copyOf(readOf.subList(0, 2)),
                () -> readOf.toString());
    }

    @Test
    void clientsWaitInTheSocketUntilTheIntakeOpens() throws Exception {
        Socket client = known(clientPort);
        Socket peer = known(peerPort);
        open.set(false);
        client.getOutputStream().write('x');
        exchange(peer);
        assertEquals("peer", read.poll(20, TimeUnit.SECONDS));
        assertTrue(read.isEmpty(), () -> read.toString());
        open.set(true);
        exchange(peer);
        assertEquals('x', client.getInputStream().read());
        assertEquals(0, load.waitingNow());
    }

    @Test
    void aClientWhoseAddressAsksForLittleIsReadBeyondTheLimit() throws Exception {
        Socket greedy = known(clientPort);
        Socket polite = knownFrom("127.0.0.2");
        onLoop(() -> {
            asker("127.0.0.1").began(LIMIT);
            return Future.succeededFuture();
        });
        open.set(false);
        openBeyondLimit.set(true);
        greedy.getOutputStream().write('x');
        exchange(polite);
        assertEquals("client", read.poll(20, TimeUnit.SECONDS));
        assertEquals('x', greedy.getInputStream().read());
        assertEquals("late", read.poll(20, TimeUnit.SECONDS));
    }

    private static Asker asker(String address) throws Exception {
        return LoopTurns.current().orElseThrow().asker(InetAddress.getByName(address), RequestClass.READ);
    }

    @Test
    void aClientThatWaitsForTooLongIsReadAsLate() throws Exception {
        Socket client = known(clientPort);
        open.set(false);
        exchange(client);
        assertEquals("late", read.poll(20, TimeUnit.SECONDS));
        open.set(true);
        exchange(client);
        assertEquals("client", read.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void aClientThatClosedWhileItWaitedIsForgotten() throws Exception {
        Socket client = known(clientPort);
        Socket other = known(clientPort);
        open.set(false);
        client.getOutputStream().write('x');
        client.close();
        exchange(other);
        open.set(true);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            do {
                exchange(other);
            } while (load.waitingNow() > 0);
        });
    }

    @Test
    void aClientThatResetItsConnectionWhileItWaitedIsForgotten() throws Exception {
        Socket client = known(clientPort);
        Socket other = known(clientPort);
        open.set(false);
        client.getOutputStream().write('x');
        client.setSoLinger(true, 0);
        client.close();
        exchange(other);
        open.set(true);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            do {
                exchange(other);
            } while (load.waitingNow() > 0);
        });
    }

    @Test
    void otherThreadsHaveNoTurns() {
        assertFalse(LoopTurns.current().isPresent());
    }
}
