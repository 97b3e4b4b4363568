package io.quorate.coordinator.api.route;

import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.access.AccessCheck;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.RequestTarget;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All routes. The first path that fits a request decides, so a more special path comes first. A path without a route is
 * answered by 404, a method that its path does not have by 405, and OPTIONS by the methods that its path has. Any other
 * request reaches its handler only if its caller may send it.
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

    /**
     * @param check of this event loop
     * @throws BadRequest if there is no route for the request, its caller may not send it, or its handler refuses it
     */
    public void handle(HttpServerRequest request, AccessCheck check) {
        RequestTarget target = RequestTarget.of(request);
        for (Map.Entry<PathTemplate, Map<HttpMethod, Route>> entry : byPath.entrySet()) {
            Optional<String> variable = entry.getKey().match(target.path());
            if (variable.isPresent()) {
                handle(request, check, entry.getValue(), variable.get());
                return;
            }
        }
        if (target.isWholeServer() && request.method().equals(HttpMethod.OPTIONS)) {
            answerOptions(request, methods());
            return;
        }
        throw new BadRequest(404, "there is nothing at " + target.pathText() + "; /openapi.yaml lists all paths");
    }

    private static void handle(
            HttpServerRequest request, AccessCheck check, Map<HttpMethod, Route> byMethod, String variable) {
        Route route = byMethod.get(request.method());
        if (route == null && request.method().equals(HttpMethod.OPTIONS)) {
            answerOptions(request, byMethod.keySet());
            return;
        }
        if (route == null) {
            throw notAllowed(request, byMethod.keySet());
        }
        AccessCaller caller = check.admit(route.needed(), request, variable);
        route.content().refuseEncoding(request);
        route.handler().handle(request, variable, caller);
    }

    /** The methods of all paths together. */
    private Set<HttpMethod> methods() {
        return routes.stream()
                .flatMap(route -> route.methods().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void answerOptions(HttpServerRequest request, Set<HttpMethod> methods) {
        request.response()
                .setStatusCode(204)
                .putHeader(HttpHeaders.ALLOW, allowed(methods))
                .end();
    }

    /** Every path has OPTIONS. */
    private static String allowed(Set<HttpMethod> methods) {
        return Stream.concat(methods.stream(), Stream.of(HttpMethod.OPTIONS))
                .map(HttpMethod::name)
                .collect(Collectors.joining(", "));
    }

    private static BadRequest notAllowed(HttpServerRequest request, Set<HttpMethod> methods) {
        String allowed = allowed(methods);
        request.response().putHeader(HttpHeaders.ALLOW, allowed);
        return new BadRequest(
                405, request.method() + " is not allowed here; allowed: " + allowed + ". Nothing was applied");
    }
}
