package io.quorate.coordinator.api.route;

import io.quorate.coordinator.api.http.BadRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All routes. The first path that fits a request decides, so a more special path comes first. A path without a route is
 * answered by 404, and a method that its path does not have by 405.
 */
public final class RouteTable {
    private final List<Route> routes;
    private final Map<PathTemplate, Map<HttpMethod, Route>> byPath = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if two routes have the same method and path */
    public RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        routes.forEach(this::add);
    }

    private void add(Route route) {
        Map<HttpMethod, Route> byMethod = byPath.computeIfAbsent(route.path(), path -> new LinkedHashMap<>());
        for (HttpMethod method : route.methods()) {
            if (byMethod.put(method, route) != null) {
                throw new IllegalArgumentException(method + " " + route.path() + " has two routes");
            }
        }
    }

    public List<Route> routes() {
        return routes;
    }

    /** @throws BadRequest if there is no route for the request, or its handler refuses it */
    public void handle(HttpServerRequest request) {
        String path = rawPath(request.uri());
        for (Map.Entry<PathTemplate, Map<HttpMethod, Route>> entry : byPath.entrySet()) {
            Optional<String> variable = entry.getKey().match(path);
            if (variable.isPresent()) {
                handle(request, entry.getValue(), variable.get());
                return;
            }
        }
        throw new BadRequest(404, "there is nothing at " + path + "; /openapi.yaml lists all paths");
    }

    private static void handle(HttpServerRequest request, Map<HttpMethod, Route> byMethod, String variable) {
        Route route = byMethod.get(request.method());
        if (route == null) {
            throw notAllowed(request, byMethod);
        }
        route.content().refuseEncoding(request);
        route.handler().handle(request, variable);
    }

    private static BadRequest notAllowed(HttpServerRequest request, Map<HttpMethod, Route> byMethod) {
        String allowed = byMethod.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        request.response().putHeader("Allow", allowed);
        return new BadRequest(
                405, request.method() + " is not allowed here; allowed: " + allowed + ". Nothing was applied");
    }

    /** The path as the client sent it: percent-escapes and dots in it belong to the key. */
    private static String rawPath(String uri) {
        int start = uri.startsWith("/") ? 0 : Math.max(0, uri.indexOf('/', uri.indexOf("://") + 3));
        int end = uri.indexOf('?', start);
        return uri.substring(start, end < 0 ? uri.length() : end);
    }
}
