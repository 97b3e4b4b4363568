package io.quorate.coordinator.api.connection;

import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.loop.AcceptLimits;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.connection.ConnectionProgress.Stall;
import io.quorate.coordinator.api.connection.ConnectionProgress.State;
import io.quorate.coordinator.api.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that clients have to one event loop. Those above the limits are closed at once. Those that do nothing
 * for too long are closed later. Used on that event loop only.
 */
public final class ClientConnections {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnections.class);

    private static final long LOOK_MS = 1_000;

    /** No connection stays open for longer without a request. */
    public static final long IDLE_MS_MAX = ConnectionProgress.IDLE_MS + 2 * LOOK_MS;

    private final ConnectionCounts counts;
    private final LongAdder ended;
    private final MemoryBudget memory;
    private final Clock clock;
    private final Map<HttpConnection, WatchedConnection> connections = new HashMap<>();

    /** What is known of one connection. The request is the last one, which may have been answered. */
    private static final class WatchedConnection {
        private final ConnectionProgress progress;
        private HttpServerRequest request;

        private WatchedConnection(long nowNs) {
            this.progress = new ConnectionProgress(nowNs);
        }
    }

    /**
     * @param counts of all event loops
     * @param ended counts the connections that were closed since they did nothing for too long
     * @param memory is charged for requests that wait for others of their connection
     */
    public ClientConnections(Vertx vertx, ConnectionCounts counts, LongAdder ended, MemoryBudget memory, Clock clock) {
        this.counts = counts;
        this.ended = ended;
        this.memory = memory;
        this.clock = clock;
        vertx.setPeriodic(LOOK_MS, timer -> look());
    }

    /**
     * A client has connected, and its TLS handshake is done. It counts since it was accepted, where that is counted.
     */
    public void opened(HttpConnection connection) {
        String address = connection.remoteAddress().hostAddress();
        boolean hasCounted = AcceptLimits.hasCounted(Unwritten.channel(connection));
        if (!hasCounted && !counts.opened(address)) {
            LOG.debug("closing a connection from {}: there are too many", address);
            connection.close();
            return;
        }
        WaitingRequests.watch(connection, memory);
        connections.put(connection, new WatchedConnection(clock.monotonicNs()));
        connection.closeHandler(closed -> {
            connections.remove(connection);
            if (!hasCounted) {
                counts.closed(address);
            }
        });
    }

    /** Notes each request before {@code handler} gets it. */
    public Handler<HttpServerRequest> before(Handler<HttpServerRequest> handler) {
        return request -> {
            WatchedConnection watched = connections.get(request.connection());
            if (watched != null) {
                watched.request = request;
                watched.progress.requestBegan();
            }
            handler.handle(request);
        };
    }

    /** Ends the connections that do not get on. */
    void look() {
        long nowNs = clock.monotonicNs();
        // Closing one removes it.
        for (Entry<HttpConnection, WatchedConnection> entry : List.copyOf(connections.entrySet())) {
            Defects.contain(() -> look(entry.getKey(), entry.getValue(), nowNs));
        }
    }

    private void look(HttpConnection connection, WatchedConnection watched, long nowNs) {
        Stall stall = observe(watched, nowNs);
        if (stall != Stall.NONE) {
            ended.increment();
            LOG.debug("closing the connection from {}: {}", connection.remoteAddress(), stall);
            end(connection, watched, stall);
        }
    }

    private static Stall observe(WatchedConnection watched, long nowNs) {
        HttpServerRequest request = watched.request;
        if (request == null) {
            return watched.progress.observe(State.FRESH, 0, nowNs);
        }
        HttpServerResponse response = request.response();
        if (!request.isEnded() && (response.ended() || hasEffectOnlyAfterItsBody(request))) {
            return watched.progress.observe(State.SENDING, request.bytesRead(), nowNs);
        }
        // A long answer may have ended here, and not have left yet.
        long unwritten = Unwritten.bytesOf(request.connection());
        if (response.ended() ? unwritten > 0 : response.writeQueueFull()) {
            return watched.progress.observe(State.READING, response.bytesWritten() - unwritten, nowNs);
        }
        return watched.progress.observe(response.ended() ? State.IDLE : State.WAITING, 0, nowNs);
    }

    /** A delete has begun when its head has come. It may end by its answer alone, as any request without a body. */
    private static boolean hasEffectOnlyAfterItsBody(HttpServerRequest request) {
        HttpMethod method = request.method();
        return method.equals(HttpMethod.PUT) || method.equals(HttpMethod.POST) || method.equals(HttpMethod.PATCH);
    }

    private static void end(HttpConnection connection, WatchedConnection watched, Stall stall) {
        if (stall == Stall.SLOW_BODY && !watched.request.response().headWritten()) {
            HttpServerResponse response = watched.request.response().putHeader(HttpHeaders.CONNECTION, "close");
            Problem.refuse(
                    response,
                    408,
                    "the body came too slowly: less than " + ConnectionProgress.BODY_BYTES_MIN + " bytes in "
                            + ConnectionProgress.BODY_WINDOW_MS / 1_000 + " s. Nothing was applied");
        }
        if (stall == Stall.UNREAD || stall == Stall.IDLE) {
            Unwritten.discard(connection);
        } else {
            connection.close();
        }
    }
}
