package io.quorate.deploy.local.fault;

import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.HttpEndpoint;
import io.vertx.core.http.HttpServerRequest;

/** {@code /v1/faults} of a process without fault injection: the answer says how to get it. */
public enum NoFaultsEndpoint implements HttpEndpoint {
    INSTANCE;

    @Override
    public boolean owns(String path) {
        return path.equals(FaultsEndpoint.PATH);
    }

    @Override
    public void handle(HttpServerRequest request, String path) {
        throw new BadRequest(
                404,
                "no faults can be injected into this process; only a local cluster that was started with"
                        + " 'quorate cluster start --faults' or 'quorate demo' has them");
    }
}
