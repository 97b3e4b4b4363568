package io.quorate.deploy.local.folder;

import io.quorate.common.placement.Placement;
import java.util.Map;

/** The variables of the environment that say how a new local cluster is laid out. Empty ones count as not set. */
record LayoutVariables(Map<String, String> environment) {
    private static final String NODES = "QUORATE_NODES";
    private static final String HTTP_PORT_BASE = "QUORATE_HTTP_PORT_BASE";
    private static final String PEER_PORT_BASE = "QUORATE_PEER_PORT_BASE";

    /** The layout of a cluster that is made now. */
    PortLayout layout() throws LocalClusterException {
        return new PortLayout(
                number(NODES, PortLayout.DEFAULT.nodeCount(), Placement.MEMBERS_MAX),
                number(HTTP_PORT_BASE, PortLayout.DEFAULT.httpPortBase(), PortLayout.PORT_BASE_MAX),
                number(PEER_PORT_BASE, PortLayout.DEFAULT.peerPortBase(), PortLayout.PORT_BASE_MAX));
    }

    /** @throws LocalClusterException if a variable differs from the layout of the cluster in the folder {@code home} */
    void requireSame(PortLayout existing, String home) throws LocalClusterException {
        requireSame(NODES, existing.nodeCount(), home);
        requireSame(HTTP_PORT_BASE, existing.httpPortBase(), home);
        requireSame(PEER_PORT_BASE, existing.peerPortBase(), home);
    }

    private void requireSame(String name, int existing, String home) throws LocalClusterException {
        String value = value(name);
        if (!value.isEmpty() && !value.equals(Integer.toString(existing))) {
            throw LocalClusterException.failed(name + " is " + value + ", but the cluster in " + home
                    + " was made with " + existing + "; unset it, or 'wipe' to start over");
        }
    }

    private int number(String name, int fallback, int max) throws LocalClusterException {
        String value = value(name);
        if (value.isEmpty()) {
            return fallback;
        }
        int number = value.matches("[1-9]\\d{0,4}") ? Integer.parseInt(value) : 0;
        if (number < 1 || number > max) {
            throw LocalClusterException.usage(name + " is '" + value + "'; allowed: 1 to " + max);
        }
        return number;
    }

    private String value(String name) {
        return environment.getOrDefault(name, "");
    }
}
