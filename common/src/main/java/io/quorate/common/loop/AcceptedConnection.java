package io.quorate.common.loop;

import io.netty.channel.Channel;
import io.quorate.common.link.ConnectionCounts;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection that counts toward the limits of its port until it closes. Safe for use by several threads. */
final class AcceptedConnection {
    private final Channel channel;
    private final String address;
    private final ConnectionCounts counts;
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    /** @param counts have it already */
    AcceptedConnection(Channel channel, String address, ConnectionCounts counts) {
        this.channel = channel;
        this.address = address;
        this.counts = counts;
    }

    String address() {
        return address;
    }

    /** It counts no more. Further calls do nothing. */
    void ended() {
        if (hasEnded.compareAndSet(false, true)) {
            counts.closed(address);
        }
    }

    /**
     * Gives its place to another one at once, and closes soon. The loop that accepts closes it later, because Netty may
     * not have given it an event loop yet.
     */
    void makeRoom() {
        ended();
        channel.parent().eventLoop().execute(channel::close);
    }
}
