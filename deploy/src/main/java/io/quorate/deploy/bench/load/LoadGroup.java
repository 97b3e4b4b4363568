package io.quorate.deploy.bench.load;

import io.quorate.deploy.client.Endpoint;
import java.util.List;

/**
 * Clients that behave alike.
 *
 * @param origins the addresses of this machine that they connect from, in turn, or empty if the system decides
 * @param endpoints where they connect to, in turn
 */
public record LoadGroup(
        String name,
        RequestPlan requests,
        Pace pace,
        Patience patience,
        List<String> origins,
        List<Endpoint> endpoints) {
    public LoadGroup {
        origins = List.copyOf(origins);
        endpoints = List.copyOf(endpoints);
    }
}
