package io.quorate.deploy.config;

import io.quorate.common.model.NodeId;

/** One replica of the cluster, and the TCP address where its peers and the coordinators reach it. */
public record Member(NodeId id, String host, int port) {
    static Member read(Options options) {
        NodeId id = options.name("id", NodeId::new, new NodeId("unknown"));
        String host = options.text("host", "127.0.0.1");
        int port = options.requiredInteger("port", 1, Options.PORT_MAX);
        options.refuseUnknown();
        return new Member(id, host, port);
    }

    String address() {
        return host + ":" + port;
    }
}
