package io.quorate.node.replica.request;

import io.quorate.common.wire.Message.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The handler of each kind of request. Filled by one thread, afterwards safe for use by several. */
public final class RequestHandlers {
    private final Map<Class<?>, RequestHandler<?>> byType = new HashMap<>();

    public <R extends Request> void put(Class<R> type, RequestHandler<R> handler) {
        byType.put(type, handler);
    }

    public Set<Class<?>> types() {
        return byType.keySet();
    }

    @SuppressWarnings("unchecked")
    public // put() takes a handler only with the type that it handles
    void handle(Request request, PendingReply reply) {
        RequestHandler<Request> handler = (RequestHandler<Request>) byType.get(request.getClass());
        if (handler == null) {
            throw new AssertionError("a request without a handler: " + request);
        }
        handler.handle(request, reply);
    }
}
