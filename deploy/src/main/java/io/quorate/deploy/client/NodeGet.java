package io.quorate.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;

/**
 * Asks a node directly, beside other requests: on a connection of its own, and past any proxy.
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
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(node.origin() + path).toURL().openConnection(Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secured) {
            secured.setSSLSocketFactory(tls.socketFactory());
        }
        token.header(node).ifPresent(value -> connection.setRequestProperty(ClientToken.HEADER, value));
        connection.setConnectTimeout(timeoutMs);
        connection.setReadTimeout(timeoutMs);
        try (InputStream body = connection.getInputStream()) {
            return reader.read(body);
        } finally {
            connection.disconnect();
        }
    }
}
