package io.quorate.deploy.bench.request;

import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * The part of a request's head that all requests share.
 *
 * @param query appended to each path of a key, with its question mark, or empty
 * @param authorization the value of that header
 */
public record SharedHead(String query, Optional<String> authorization) {
    /** Without a consistency level and without a token. */
    public static final SharedHead PLAIN = new SharedHead("", Optional.empty());

    /** With a token only if all endpoints speak TLS, since each connection sends the same bytes. */
    public static SharedHead of(String query, ClientToken token, List<Endpoint> endpoints) {
        boolean tls = endpoints.stream().allMatch(Endpoint::tls);
        return new SharedHead(query, tls ? token.header(endpoints.get(0)) : Optional.empty());
    }

    /** The first lines of a request, up to the headers of its body. */
    String lines(String method, String path) {
        return method + " " + path + query + " HTTP/1.1\r\nHost: localhost\r\n"
                + authorization
                        .map(value -> ClientToken.HEADER + ": " + value + "\r\n")
                        .orElse("");
    }

    /** It shows no secret. */
    @Override
    public String toString() {
        return query + (authorization.isPresent() ? " with a token" : "");
    }
}
