package io.quorate.coordinator.api.http;

import io.netty.channel.Channel;
import io.quorate.common.loop.Asker;
import io.quorate.common.loop.LoopTurns;
import io.quorate.common.loop.RequestClass;
import io.quorate.coordinator.operation.OperationOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Of which class a request is, and whom its operations count for. */
public final class Askers {
    private Askers() {}

    /** By the head alone: whether a request may begin is decided before its route is known. */
    public static RequestClass classOf(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return RequestClass.ADMIN; // the question of a browser before a request, which begins no operation
        }
        String path = request.path();
        if (path.startsWith("/v1/kv/")) {
            boolean isRead =
                    request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
            return isRead ? RequestClass.READ : RequestClass.WRITE;
        }
        if (path.equals("/v1/kv") || path.equals("/v1/batch")) {
            return RequestClass.BULK;
        }
        if (path.startsWith("/v1/keys/") || path.startsWith("/v1/requests/")) {
            return RequestClass.READ;
        }
        return path.startsWith("/health/") ? RequestClass.HEALTH : RequestClass.ADMIN;
    }

    /** The terms of an operation of this request, which has an id already. On the event loop of the request. */
    public static OperationOptions sign(OperationOptions options, HttpServerRequest request) {
        return options.askedBy(RequestIds.of(request.response()), of(request));
    }

    private static Asker of(HttpServerRequest request) {
        return LoopTurns.current()
                .flatMap(turns -> address(request).map(remote -> turns.asker(remote, classOf(request))))
                .orElse(Asker.NOBODY);
    }

    /** Empty if its connection has closed. */
    static Optional<InetAddress> address(HttpServerRequest request) {
        // No public method of Vert.x has the address without its text.
        Channel channel = ((HttpServerConnection) request.connection())
                .channelHandlerContext()
                .channel();
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? Optional.of(remote.getAddress())
                : Optional.empty();
    }
}
