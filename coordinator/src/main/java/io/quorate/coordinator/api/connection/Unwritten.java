package io.quorate.coordinator.api.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * What waits in a connection for its client to read. No public method of Vert.x knows: an answer counts as ended before
 * it has left, and a connection closes only behind all that waits. Used on the connection's event loop only.
 */
final class Unwritten {
    private Unwritten() {}

    static long bytesOf(HttpConnection connection) {
        ChannelOutboundBuffer waiting = channel(connection).channel().unsafe().outboundBuffer();
        // A buffer counts as a whole until its last byte has left.
        return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
    }

    /** Closes the connection at once, without what waits. */
    static void discard(HttpConnection connection) {
        channel(connection).close();
    }

    static ChannelHandlerContext channel(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext();
    }
}
