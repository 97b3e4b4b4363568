package io.quorate.coordinator.api.route;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * One line of the table of routes.
 *
 * @param methods in the order in which {@code Allow} lists them
 */
public record Route(List<HttpMethod> methods, PathTemplate path, RequestContent content, RouteHandler handler) {
    /** GET, and HEAD with the same handler: the HTTP layer below leaves the body of its answer out. */
    public static Route read(String path, RouteHandler handler) {
        return new Route(
                List.of(HttpMethod.GET, HttpMethod.HEAD), PathTemplate.parse(path), RequestContent.NONE, handler);
    }

    public static Route read(String path, Handler<HttpServerRequest> handler) {
        return read(path, withoutVariable(handler));
    }

    public static Route of(HttpMethod method, String path, RequestContent content, RouteHandler handler) {
        return new Route(List.of(method), PathTemplate.parse(path), content, handler);
    }

    public static Route of(HttpMethod method, String path, RequestContent content, Handler<HttpServerRequest> handler) {
        return of(method, path, content, withoutVariable(handler));
    }

    private static RouteHandler withoutVariable(Handler<HttpServerRequest> handler) {
        return (request, variable) -> handler.handle(request);
    }
}
