package io.quorate.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.deploy.client.http.HttpRequest;
import io.quorate.deploy.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Asks a node directly, beside other requests, on the thread of the caller.
 *
 * @param path of the resource, with the slash in front
 * @param timeoutMs for the connection, and again for each part of the answer
 * @param tls for a node that speaks it
 * @param token by which the client says who it is, by TLS only
 */
public record NodeGet(Endpoint node, String path, int timeoutMs, ClientTls tls, ClientToken token) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Of a node without TLS. */
    public NodeGet(Endpoint node, String path, int timeoutMs) {
        this(node, path, timeoutMs, ClientTls.NONE, ClientToken.NONE);
    }

    /** Turns the body of an answer into a result. */
    private interface BodyReader<T> {
        T read(InputStream body) throws IOException;
    }

    /** @throws IOException if the node does not answer with JSON */
    public JsonNode json() throws IOException {
        return read(MAPPER::readTree);
    }

    /** @throws IOException if the node does not answer */
    public String text() throws IOException {
        return read(body -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    private <T> T read(BodyReader<T> reader) throws IOException {
        Map<String, String> headers = token.header(node)
                .map(value -> Map.of(ClientToken.HEADER, value))
                .orElse(Map.of());
        HttpRequest request = new HttpRequest("GET", path, node.toString(), headers, null);
        try (Socket socket = new EndpointSockets(tls).open(node, timeoutMs)) {
            HttpResponse response = request.exchange(socket);
            if (response.status() != 200) {
                throw new IOException(node + path + " answers with status " + response.status());
            }
            return reader.read(response.body());
        }
    }
}
