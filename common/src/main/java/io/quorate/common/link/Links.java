package io.quorate.common.link;

import io.quorate.common.model.NodeId;
import io.vertx.core.net.NetSocket;

/** Observes each connection between two processes of a cluster. Tests inject faults into connections here. */
public interface Links {
    Links PLAIN = (peer, socket) -> {};

    /**
     * Called on the connection's event loop as soon as the peer is known. The side that dials calls it before its first
     * frame, the other side before it answers that frame.
     */
    void opened(NodeId peer, NetSocket socket);
}
