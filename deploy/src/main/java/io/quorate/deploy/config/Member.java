package io.quorate.deploy.config;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.http.HttpAddress;
import java.util.Optional;

/**
 * One replica of the cluster, and the TCP address where its peers and the coordinators reach it.
 *
 * @param id its name, which is the {@code nodeId} of its own file. No default
 * @param host its address: a name, or a literal IPv4 or IPv6 address. Default 127.0.0.1
 * @param port its port, which is the {@code peerPort} of its own file. 1 to 65535. No default
 * @param http the address where clients reach it, for the console. Its entry has it as {@code httpPort}, and as
 *     {@code httpHost} if that differs from {@code host}. Empty if its entry has no {@code httpPort}
 */
public record Member(NodeId id, String host, int port, Optional<HttpAddress> http) {
    private static final int NONE = 0;

    static Member read(Options options) {
        NodeId id = options.name("id", NodeId::new, new NodeId("unknown"));
        String host = options.host("host", "127.0.0.1");
        int port = options.requiredInteger("port", 1, Options.PORT_MAX);
        String httpHost = options.host("httpHost", host);
        int httpPort = options.integer("httpPort", 1, Options.PORT_MAX, NONE);
        options.refuseUnknown();
        Optional<HttpAddress> http =
                httpPort == NONE ? Optional.empty() : Optional.of(new HttpAddress(httpHost, httpPort));
        return new Member(id, host, port, http);
    }

    String address() {
        return new HttpAddress(host, port).authority();
    }
}
