package io.quorate.deploy.local.fault;

import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.deploy.local.folder.PortLayout;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides which callers may inject faults into a local cluster: programs of this machine, and pages that a member
 * served. Any other page in the user's browser reaches this machine's loopback too. Its origin shows that it is
 * foreign, and so does a name in {@code Host} that an attacker made resolve to the loopback.
 */
final class TrustedCallers {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private final Set<String> origins = new HashSet<>();

    TrustedCallers(PortLayout layout) {
        layout.nodes()
                .forEach(node -> LOOPBACK.forEach(host -> {
                    origins.add("http://" + host + ":" + layout.httpPort(node));
                    origins.add("https://" + host + ":" + layout.httpPort(node));
                }));
    }

    /** @throws BadRequest if the caller is not trusted */
    void check(HttpServerRequest request) {
        HostAndPort host = request.authority();
        if (host == null || !LOOPBACK.contains(host.host())) {
            throw new BadRequest(
                    403,
                    "Host is " + (host == null ? "missing" : host.host())
                            + "; faults are injected through a loopback address only: 127.0.0.1, localhost or [::1]."
                            + " Nothing was done");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !origins.contains(origin)) {
            throw new BadRequest(403, "Origin is " + origin + ", which is no member of this cluster. Nothing was done");
        }
    }
}
