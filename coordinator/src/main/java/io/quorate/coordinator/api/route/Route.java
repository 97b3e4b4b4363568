package io.quorate.coordinator.api.route;

import io.quorate.coordinator.api.access.Requirement;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One line of the table of routes.
 *
 * @param methods in the order in which {@code Allow} lists them
 * @param needed what its caller must be allowed. The table judges that before the handler runs
 */
public record Route(
        List<HttpMethod> methods, PathTemplate path, Requirement needed, RequestContent content, RouteHandler handler) {
    /** GET, and HEAD with the same handler: the HTTP layer below leaves the body of its answer out. */
    public static Route read(String path, Requirement needed, RouteHandler handler) {
        return new Route(
                List.of(HttpMethod.GET, HttpMethod.HEAD),
                PathTemplate.parse(path),
                needed,
                RequestContent.NONE,
                handler);
    }

    public static Route read(String path, Requirement needed, BiConsumer<HttpServerRequest, String> handler) {
        return read(path, needed, withoutCaller(handler));
    }

    public static Route read(String path, Requirement needed, Handler<HttpServerRequest> handler) {
        return read(path, needed, withoutVariable(handler));
    }

    public static Route of(
            HttpMethod method, String path, Requirement needed, RequestContent content, RouteHandler handler) {
        return new Route(List.of(method), PathTemplate.parse(path), needed, content, handler);
    }

    public static Route of(
            HttpMethod method,
            String path,
            Requirement needed,
            RequestContent content,
            BiConsumer<HttpServerRequest, String> handler) {
        return of(method, path, needed, content, withoutCaller(handler));
    }

    public static Route of(
            HttpMethod method,
            String path,
            Requirement needed,
            RequestContent content,
            Handler<HttpServerRequest> handler) {
        return of(method, path, needed, content, withoutVariable(handler));
    }

    private static RouteHandler withoutCaller(BiConsumer<HttpServerRequest, String> handler) {
        return (request, variable, caller) -> handler.accept(request, variable);
    }

    private static RouteHandler withoutVariable(Handler<HttpServerRequest> handler) {
        return (request, variable, caller) -> handler.handle(request);
    }
}
