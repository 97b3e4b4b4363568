package io.quorate.deploy.local.fault;

import io.quorate.coordinator.api.access.AccessRole;
import io.quorate.coordinator.api.access.Requirement.RoleOf;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.RequestContent;
import io.quorate.coordinator.api.route.Route;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** {@code /v1/faults} of a process without fault injection: the answer says how to get it. */
public enum NoFaultsEndpoint implements HttpEndpoint {
    INSTANCE;

    @Override
    public List<Route> routes() {
        return List.of(
                Route.read(FaultsEndpoint.PATH, new RoleOf(AccessRole.OBSERVE), NoFaultsEndpoint::refuse),
                Route.of(
                        HttpMethod.POST,
                        FaultsEndpoint.PATH,
                        new RoleOf(AccessRole.OPERATE),
                        RequestContent.JSON,
                        NoFaultsEndpoint::refuse));
    }

    private static void refuse(HttpServerRequest request) {
        throw new BadRequest(
                404,
                "no faults can be injected into this process; only a local cluster that was started with"
                        + " 'quorate cluster start --faults' or 'quorate demo' has them");
    }
}
