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

    /** Whether an event loop got it, which has to close it then. The loop that accepts owns this. */
    private boolean isHandedOver;

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

    void handedOver() {
        isHandedOver = true;
    }

    /** Gives its place to another one at once, and closes soon. */
    void makeRoom() {
        ended();
        channel.parent().eventLoop().execute(this::close);
    }

    /** On the loop that accepts. */
    private void close() {
        if (isHandedOver) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }
}
