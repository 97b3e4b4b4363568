package io.quorate.coordinator.api.http;

import io.quorate.common.model.Key;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.concurrent.TimeUnit;

/**
 * Every option of the HTTP server, chosen here and not inherited from Vert.x. Each line gives its reason. A test fails
 * for an option of Vert.x without a line, and a new version of Vert.x may bring one.
 *
 * <p>A server needs nothing for keep-alive and pipelining: HTTP/1.1 has both, and Vert.x answers in the order of the
 * requests. The options of TLS are not here: a process with certificates adds them.
 */
public final class ServerOptions {
    /** Two of the longest keys, with each byte percent-encoded, a cursor, and room for the other query parameters. */
    public static final int REQUEST_LINE_BYTES_MAX = 2 * 3 * Key.BYTES_MAX + (12 << 10);

    /** All headers of a request together. A condition of 100 tags takes less than half of it. */
    public static final int HEADER_BYTES_MAX = 8 << 10;

    /** Longer than any operation, and than most checkpoints, of which a client sees nothing before the end. */
    private static final int SILENT_REQUEST_TIMEOUT_S = 3600;

    private static final int BODY_PIECE_BYTES_MAX = 8 << 10;
    private static final int FIRST_HEADER_BYTES = 128;
    private static final int ACCEPT_BACKLOG = 4096;
    private static final int DEAD_CLIENT_IDLE_S = 60;
    private static final int DEAD_CLIENT_PROBES = 6;
    private static final int DEAD_CLIENT_PROBE_INTERVAL_S = 10;
    private static final int FORM_BYTES_MAX = 0;
    private static final int SYSTEM_DECIDES = -1;

    private ServerOptions() {}

    public static HttpServerOptions create() {
        HttpServerOptions options = new HttpServerOptions();
        chooseProtocols(options);
        chooseLimits(options);
        chooseBodies(options);
        chooseConnections(options);
        chooseObservation(options);
        return options;
    }

    private static void chooseProtocols(HttpServerOptions options) {
        options
                // An upgrade in the midst of a chunked body lost the rest of it, and Java's client offers one each
                // time.
                .setHttp2ClearTextEnabled(false)
                // HTTP/2 would come with TLS, by ALPN. TLS is added later, and leaves ALPN off.
                .setSsl(false)
                .setUseAlpn(false)
                // The load balancers of this API need no PROXY header, and any client could forge one.
                .setUseProxyProtocol(false)
                // No route is a web socket. An offer of one is ignored, and these two concern only accepted ones.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setRegisterWebSocketWriteHandlers(false);
    }

    private static void chooseLimits(HttpServerOptions options) {
        options.setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                // No limit of a body: a longer body arrives in several pieces.
                .setMaxChunkSize(BODY_PIECE_BYTES_MAX)
                // Only the first size of a buffer that grows.
                .setDecoderInitialBufferSize(FIRST_HEADER_BYTES)
                // No route reads a form.
                .setMaxFormAttributeSize(FORM_BYTES_MAX)
                .setMaxFormFields(0)
                .setMaxFormBufferedBytes(FORM_BYTES_MAX)
                // Another parser reads the query. It splits at & alone.
                .setUseSemicolonAsQueryParamDelimiter(false);
    }

    private static void chooseBodies(HttpServerOptions options) {
        options
                // A small compressed body could become a huge one. An encoded body is refused by 415.
                .setDecompressionSupported(false)
                // An entity tag stands for these very bytes, and event loops have other work.
                .setCompressionSupported(false)
                // RequestBody does so, after all checks that can do without the body.
                .setHandle100ContinueAutomatically(false);
    }

    private static void chooseConnections(HttpServerOptions options) {
        options
                // Clients come back at once to a node that was restarted. The system may lower this.
                .setAcceptBacklog(ACCEPT_BACKLOG)
                // A restarted node takes its port again, although old connections still wait for their end.
                .setReuseAddress(true)
                // Vert.x shares one port among the event loops of a process. A second process gets an error.
                .setReusePort(false)
                // An answer leaves at once. Nagle's algorithm would hold back its last segment.
                .setTcpNoDelay(true)
                .setTcpCork(false)
                .setTcpQuickAck(false)
                // Data in the first packet may arrive twice, and a write must not.
                .setTcpFastOpen(false)
                // A client whose machine is gone leaves no connection behind for more than two minutes.
                .setTcpKeepAlive(true)
                .setTcpKeepAliveIdleSeconds(DEAD_CLIENT_IDLE_S)
                .setTcpKeepAliveCount(DEAD_CLIENT_PROBES)
                .setTcpKeepAliveIntervalSeconds(DEAD_CLIENT_PROBE_INTERVAL_S);
        options
                // Without a byte in either direction. ClientConnections ends much earlier what does nothing, but not a
                // request that takes long.
                .setIdleTimeout(SILENT_REQUEST_TIMEOUT_S)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                // A stream of events only writes, and a slow upload only reads.
                .setReadIdleTimeout(0)
                .setWriteIdleTimeout(0)
                // The system gives up after about 15 minutes if a client does not acknowledge an answer.
                .setTcpUserTimeout(0)
                // Closing sends the answer that is still in the socket, and does not wait for it.
                .setSoLinger(SYSTEM_DECIDES)
                // The system adapts both buffers to each connection.
                .setSendBufferSize(SYSTEM_DECIDES)
                .setReceiveBufferSize(SYSTEM_DECIDES)
                .setTrafficClass(SYSTEM_DECIDES)
                // Scans stop while their client does not read. No other limit of bytes a second is needed.
                .setTrafficShapingOptions(null);
    }

    private static void chooseObservation(HttpServerOptions options) {
        options
                // Metrics count operations, and the log names requests. Bytes of values belong in neither.
                .setLogActivity(false)
                .setMetricsName("")
                .setTracingPolicy(TracingPolicy.IGNORE)
                // Nothing addresses a connection over the event bus.
                .setRegisterWriteHandler(false)
                // It would refuse the worker threads that write the answers of faults and checkpoints.
                .setStrictThreadMode(false);
    }
}
