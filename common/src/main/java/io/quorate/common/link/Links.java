package io.quorate.common.link;

import io.quorate.common.model.NodeId;
import io.vertx.core.net.NetSocket;

/** Is told of each connection between two processes of a cluster: the seam at which a test of faults gets hold of them. */
public interface Links {
    Links PLAIN = (peer, socket) -> {};

    /**
     * A connection to or from {@code peer}, on its event loop, as soon as it is known whose it is: before the first frame
     * on the side that dials, before the answer to it on the side that listens.
     */
    void opened(NodeId peer, NetSocket socket);
}
