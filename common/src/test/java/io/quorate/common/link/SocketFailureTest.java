package io.quorate.common.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.StacklessClosedChannelException;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.LoopTransport;
import io.quorate.common.loop.SocketTransport;
import io.quorate.common.time.SystemClock;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures of real sockets, and those that a machine cannot be made to have. */
@ParameterizedClass
@MethodSource("transports")
class SocketFailureTest {
    private static final String HOST = "127.0.0.1";

    private final SocketTransport transport;
    private Vertx vertx;

    SocketFailureTest(SocketTransport transport) {
        this.transport = transport;
    }

    /** Those that this machine has. */
    static Set<SocketTransport> transports() {
        return EnumSet.of(SocketTransport.SELECTOR, SocketTransport.best());
    }

    @BeforeEach
    void start() {
        vertx = Vertx.builder()
                .withTransport(new LoopTransport(transport, 0, new ClientLoad(), SystemClock.INSTANCE))
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close().toCompletionStage().toCompletableFuture());
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (ServerSocket listening = listener()) {
            port = listening.getLocalPort();
        }
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        vertx.createNetClient().connect(port, HOST).onFailure(failed::complete);

        assertEquals("Connection refused: /127.0.0.1:" + port, SocketFailure.of(get(failed)));
    }

    @Test
    void thePeerResets() throws Exception {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        try (ServerSocket listening = listener()) {
            CompletableFuture<NetSocket> connected = vertx.createNetClient()
                    .connect(listening.getLocalPort(), HOST)
                    .onSuccess(socket -> socket.exceptionHandler(failed::complete))
                    .toCompletionStage()
                    .toCompletableFuture();
            try (Socket accepted = listening.accept()) {
                get(connected);
                accepted.setSoLinger(true, 0);
            }
            String said = SocketFailure.of(get(failed));
            assertTrue(Set.of("Connection reset", "Connection reset by peer").contains(said), said);
        }
    }

    @Test
    void nettyHasNoTextForSome() {
        Throwable annotated = new NoRouteToHostException("null: /10.0.0.1:7103");
        assertEquals("No route to host: /10.0.0.1:7103", SocketFailure.of(annotated));
        assertEquals("No route to host", SocketFailure.of(new NoRouteToHostException()));
        assertEquals(
                "connection closed", SocketFailure.of(StacklessClosedChannelException.newInstance(Socket.class, "")));
        assertEquals("IOException", SocketFailure.of(new IOException()));
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName(HOST));
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
