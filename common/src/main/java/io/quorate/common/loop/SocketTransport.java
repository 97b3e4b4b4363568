package io.quorate.common.loop;

import io.netty.channel.epoll.Epoll;
import java.util.function.Supplier;

/** Whose sockets the event loops of a process use. */
public enum SocketTransport {
    EPOLL("epoll", EpollSockets::new),
    SELECTOR("the JDK's selector", SelectorSockets::new);

    private final String label;
    private final Supplier<LoopSockets> sockets;

    SocketTransport(String label, Supplier<LoopSockets> sockets) {
        this.label = label;
        this.sockets = sockets;
    }

    /** Epoll, if Netty's library for it loads on this machine. */
    public static SocketTransport best() {
        return Epoll.isAvailable() ? EPOLL : SELECTOR;
    }

    /** In the log. */
    public String label() {
        return label;
    }

    LoopSockets sockets() {
        return sockets.get();
    }
}
