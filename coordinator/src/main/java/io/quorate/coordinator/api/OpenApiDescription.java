package io.quorate.coordinator.api;

import io.quorate.common.codec.Checksum;
import io.quorate.coordinator.api.access.Requirement.AnyPrincipal;
import io.quorate.coordinator.api.http.EntityTags;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.Route;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code /openapi.yaml}: the requests and answers of this API, as OpenAPI 3.1. Safe for use by several event loops. */
public final class OpenApiDescription implements HttpEndpoint {
    private static final String PATH = "/openapi.yaml";

    private final byte[] document;
    private final String tag;

    /** Reads the document, which is in the same jar. */
    public OpenApiDescription() {
        try (InputStream in = OpenApiDescription.class.getResourceAsStream(PATH)) {
            document = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + PATH + " from the jar of this class", e);
        }
        tag = '"' + Integer.toHexString(Checksum.crc32c(document, 0, document.length)) + '"';
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.read(PATH, new AnyPrincipal(), this::send));
    }

    private void send(HttpServerRequest request) {
        QueryParameters.parse(request.query(), List.of());
        HttpServerResponse response = request.response().putHeader(HttpHeaders.ETAG, tag);
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (EntityTags.isKnown(request, tag)) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml");
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(document.length));
        response.end(Buffer.buffer(document));
    }
}
