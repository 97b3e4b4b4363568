package io.quorate.coordinator.api;

import io.quorate.coordinator.api.access.Requirement.AnyPrincipal;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.ServedFile;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.Route;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code /openapi.yaml} and {@code /openapi.json}: the requests and answers of this API, as OpenAPI 3.1. Safe for use
 * by several event loops.
 */
public final class OpenApiDescription implements HttpEndpoint {
    private static final String YAML = "/openapi.yaml";
    private static final String JSON = "/openapi.json";

    private final byte[] document;
    private final ServedFile yaml;
    private final UnaryOperator<byte[]> jsonOfYaml;

    /** Made at its first request, since few processes are ever asked for it. Two loops may both make it once. */
    private volatile Optional<ServedFile> json = Optional.empty();

    /**
     * Reads the document, which is in the same jar.
     *
     * @param jsonOfYaml writes a YAML document as JSON, on a worker thread
     */
    public OpenApiDescription(UnaryOperator<byte[]> jsonOfYaml) {
        try (InputStream in = OpenApiDescription.class.getResourceAsStream(YAML)) {
            document = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + YAML + " from the jar of this class", e);
        }
        this.yaml = ServedFile.of(document, "application/yaml");
        this.jsonOfYaml = jsonOfYaml;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.read(YAML, new AnyPrincipal(), this::sendYaml),
                Route.read(JSON, new AnyPrincipal(), this::sendJson));
    }

    private void sendYaml(HttpServerRequest request) {
        QueryParameters.parse(request.query(), List.of());
        yaml.send(request);
    }

    private void sendJson(HttpServerRequest request) {
        QueryParameters.parse(request.query(), List.of());
        if (json.isPresent()) {
            json.get().send(request);
        } else {
            makeJson(request);
        }
    }

    private void makeJson(HttpServerRequest request) {
        Context loop = Vertx.currentContext();
        loop.executeBlocking(() -> ServedFile.of(jsonOfYaml.apply(document), "application/json"), false)
                .onComplete(made -> loop.runOnContext(back -> FailedRequest.guard(request.response(), () -> {
                    if (made.failed()) {
                        throw new IllegalStateException("cannot write " + YAML + " as JSON", made.cause());
                    }
                    json = Optional.of(made.result());
                    if (!request.response().closed()) {
                        made.result().send(request);
                    }
                })));
    }
}
