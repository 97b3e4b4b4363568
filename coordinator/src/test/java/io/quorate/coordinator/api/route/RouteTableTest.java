package io.quorate.coordinator.api.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.api.access.Requirement.Anonymous;
import io.quorate.coordinator.console.HttpServerUnderTest;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class RouteTableTest {
    private static final String HOST = "Host: n1";

    private static final List<Route> ROUTES = List.of(
            Route.read("/things/{id}", new Anonymous(), says("thing")),
            Route.of(HttpMethod.PUT, "/things/{id}", new Anonymous(), RequestContent.ANY_BYTES, says("put")),
            Route.of(HttpMethod.POST, "/nodes/{id}/copy", new Anonymous(), RequestContent.NONE, says("copy")),
            Route.read("/nodes/{id}", new Anonymous(), says("node")));

    private final HttpServerUnderTest server = new HttpServerUnderTest(loop -> HttpServerUnderTest.of(() -> ROUTES));

    private static RouteHandler says(String what) {
        return (request, variable, caller) -> request.response().end(what + " " + variable);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /things/a%2Fb/c?x=1, thing a%2Fb/c",
        "PUT /things/, 'put '",
        "GET http://n1/things/a?x=1, thing a",
        "GET HTTPS://n1/things/a, thing a",
        "POST /nodes/n1/copy, copy n1",
        "GET /nodes/n1, node n1"
    })
    void aRequestReachesTheHandlerOfItsMethodAndPath(String requestLine, String body) throws IOException {
        String answer = server.answer(requestLine, HOST);
        assertTrue(answer.endsWith("\r\n\r\n" + body), answer);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE /things/a, 'GET, HEAD, PUT, OPTIONS'",
        "GET /nodes/n1/copy, 'POST, OPTIONS'",
        "POST /nodes/n1, 'GET, HEAD, OPTIONS'"
    })
    void aMethodThatThePathDoesNotHaveIsAnsweredByThoseThatItHas(String requestLine, String allowed)
            throws IOException {
        String answer = server.answer(requestLine, HOST);
        assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
        assertTrue(
                answer.toLowerCase(Locale.ROOT).contains("allow: " + allowed.toLowerCase(Locale.ROOT) + "\r\n"),
                answer);
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS /nodes/n1, 'GET, HEAD, OPTIONS'", "OPTIONS *, 'GET, HEAD, PUT, POST, OPTIONS'"})
    void optionsAreTheMethodsThatAPathHas(String requestLine, String allowed) throws IOException {
        String answer = server.answer(requestLine, HOST);
        assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
        assertTrue(
                answer.toLowerCase(Locale.ROOT).contains("allow: " + allowed.toLowerCase(Locale.ROOT) + "\r\n"),
                answer);
    }

    @ParameterizedTest
    @CsvSource({
        "GET *",
        "OPTIONS /other",
        "GET /",
        "POST /thing/a",
        "DELETE /nodes",
        "GET http://n1?x=/things/a",
        "GET http://n1"
    })
    void aPathWithoutARouteIsNotFoundByAnyMethod(String requestLine) throws IOException {
        String answer = server.answer(requestLine, HOST);
        assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
    }

    @Test
    void anEncodedBodyIsRefusedWhereABodyIsTaken() throws IOException {
        String encoded = "Content-Encoding: gzip";
        assertTrue(server.answer("PUT /things/a", HOST, encoded).startsWith("HTTP/1.1 415 "));
        assertTrue(server.answer("GET /things/a", HOST, encoded).startsWith("HTTP/1.1 200 "));
        assertTrue(server.answer("PUT /things/a", HOST, "Content-Encoding: identity, gzip")
                .startsWith("HTTP/1.1 415 "));
    }

    @Test
    void aBodyWithTheIdentityEncodingIsPlain() throws IOException {
        String answer = server.answer("PUT /things/a", HOST, "Content-Encoding: identity");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @Test
    void aMethodOfAPathHasOneRoute() {
        List<Route> twice = List.of(ROUTES.get(0), ROUTES.get(0));
        String message = assertThrows(IllegalArgumentException.class, () -> new RouteTable(twice))
                .getMessage();
        assertEquals("GET /things/{id} has two routes", message);
    }
}
