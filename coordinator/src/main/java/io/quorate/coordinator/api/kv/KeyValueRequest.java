package io.quorate.coordinator.api.kv;

import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Askers;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.operation.OperationOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * The parameters that every request for one key has.
 *
 * @param explain whether to answer with every round and message instead of the plain result
 */
record KeyValueRequest(OperationOptions options, boolean explain) {
    private static final List<String> PARAMETERS = List.of("consistency", "timeout", "explain");

    static KeyValueRequest parse(HttpServerRequest request, ApiLimits limits) {
        return of(QueryParameters.parse(request.query(), PARAMETERS), request, limits);
    }

    static KeyValueRequest of(QueryParameters query, HttpServerRequest request, ApiLimits limits) {
        return new KeyValueRequest(Askers.sign(query.options(limits), request), query.explain());
    }
}
