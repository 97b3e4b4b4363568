package io.quorate.deploy.client;

import java.util.List;

/** The endpoint that all calls use, and after a failure of it the next one. Belongs to the event loop. */
final class EndpointTurn {
    private final List<Endpoint> endpoints;
    private int at;

    EndpointTurn(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    Endpoint current() {
        return endpoints.get(at);
    }

    /** Calls that failed together move on by one endpoint together. */
    void passOver(Endpoint failed) {
        if (failed.equals(current())) {
            at = (at + 1) % endpoints.size();
        }
    }
}
