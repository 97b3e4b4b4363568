package io.quorate.coordinator.api;

import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.Intake;
import io.quorate.common.loop.LoopTransport;
import io.quorate.common.loop.LoopTurns;
import io.quorate.common.loop.SocketTransport;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.connection.ClientConnections;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.http.ServerOptions;
import io.quorate.coordinator.api.origin.Callers;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** A real HTTP server behind an {@link OverloadGate}, on one event loop that gives its clients turns. */
final class GatedServer implements AutoCloseable {
    private static final int TIMEOUT_S = 20;

    private static final int CONNECTIONS_MAX = 1_000;

    final ClientLoad load = new ClientLoad();
    final MemoryBudget memory = MemoryBudget.unlimited();
    final Context loop;
    final int port;
    private final Vertx vertx;

    private record TestIntake(int limit, BooleanSupplier open) implements Intake {
        @Override
        public boolean isOpenBeyondLimit() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return open.getAsBoolean();
        }
    }

    /**
     * @param transport whose sockets it uses
     * @param limit of the operations in flight
     * @param isOpen whether the event loop reads more requests
     * @param handler receives the requests that pass the gate
     */
    GatedServer(
            SocketTransport transport,
            int limit,
            BooleanSupplier isOpen,
            Callers callers,
            Handler<HttpServerRequest> handler)
            throws Exception {
        port = freePort();
        vertx = Vertx.builder()
                .withTransport(new LoopTransport(transport, port, load, SystemClock.INSTANCE))
                .build();
        loop = vertx.getOrCreateContext();
        CompletableFuture<HttpServer> listening = new CompletableFuture<>();
        loop.runOnContext(any -> {
            LoopTurns turns = LoopTurns.current().orElseThrow();
            turns.readClientsBy(new TestIntake(limit, isOpen));
            OverloadGate gate = new OverloadGate(turns, callers, new RequestIds(1));
            ClientConnections clients = new ClientConnections(
                    vertx,
                    new ConnectionCounts(CONNECTIONS_MAX, CONNECTIONS_MAX),
                    new LongAdder(),
                    memory,
                    SystemClock.INSTANCE);
            vertx.createHttpServer(ServerOptions.create())
                    .connectionHandler(clients::opened)
                    .requestHandler(gate.before(handler))
                    .listen(port)
                    .onComplete(listening::complete, listening::completeExceptionally);
        });
        try {
            listening.get(TIMEOUT_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TIMEOUT_S, TimeUnit.SECONDS)
                .join();
    }
}
