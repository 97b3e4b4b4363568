package io.quorate.deploy.bench.closed;

import io.quorate.deploy.bench.request.KeyChoice;
import io.quorate.deploy.bench.request.Protocol;
import io.quorate.deploy.client.Endpoint;
import java.util.List;

/**
 * The load for the cluster.
 *
 * @param endpoints where clients connect, in turn
 * @param clients each has one connection and one request in flight
 * @param readRatio the share of reads, 0 to 1
 * @param protocol how clients talk to the endpoints
 * @param seed two runs with the same seed choose the same keys in the same order
 */
public record Workload(
        List<Endpoint> endpoints,
        int clients,
        double readRatio,
        long keys,
        KeyChoice keyChoice,
        int valueBytes,
        Protocol protocol,
        long seed) {

    /** Writes each key once, in their order. */
    Workload filling() {
        return new Workload(endpoints, clients, 0, keys, KeyChoice.UNIFORM, valueBytes, protocol, seed);
    }
}
