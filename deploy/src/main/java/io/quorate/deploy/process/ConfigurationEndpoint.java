package io.quorate.deploy.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.access.AccessRole;
import io.quorate.coordinator.api.access.Requirement.RoleOf;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.Route;
import io.quorate.deploy.build.Build;
import io.quorate.deploy.config.EffectiveOptions;
import io.quorate.deploy.config.ProcessMemory;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code GET /v1/configuration}: with what this process runs, so that processes can be compared. Paths and addresses
 * are for administrators only.
 */
public final class ConfigurationEndpoint implements HttpEndpoint {
    private final NodeId self;
    private final EffectiveOptions options;
    private final Supplier<Optional<String>> accessRules;

    /** @param accessRules a digest of the rules in use. They may change while the process runs */
    public ConfigurationEndpoint(NodeId self, EffectiveOptions options, Supplier<Optional<String>> accessRules) {
        this.self = self;
        this.options = options;
        this.accessRules = accessRules;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.read("/v1/configuration", new RoleOf(AccessRole.ADMIN), this::send));
    }

    private void send(HttpServerRequest request) {
        QueryParameters.parse(request.query(), List.of());
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.bytes(body()));
    }

    private ObjectNode body() {
        ProcessMemory memory = ProcessMemory.ofThisProcess();
        ObjectNode body = Json.object();
        body.put("coordinator", self.name());
        body.put("build", Build.ofThisProgram().toString());
        body.put("javaVersion", Runtime.version().toString());
        body.put("processors", Runtime.getRuntime().availableProcessors());
        body.put("heapBytes", memory.heapBytes());
        body.put("directBytes", memory.directBytes());
        accessRules.get().ifPresent(digest -> body.put("accessRules", digest));
        body.set("options", options.values());
        options.derived().forEach(body.putArray("derived")::add);
        return body;
    }
}
