package io.quorate.common.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import io.quorate.common.link.ConnectionCounts;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Limits the connections of ports from the moment at which the system accepts them. Vert.x shows a connection only when
 * its TLS handshake is done, so one that never ends would count nowhere. Safe for use by several threads.
 */
public final class AcceptLimits {
    private static final AttributeKey<Boolean> COUNTED = AttributeKey.valueOf("quorate.counted");

    private final Map<Integer, PortLimit> byPort = new ConcurrentHashMap<>();

    private record PortLimit(ConnectionCounts counts, Consumer<String> refused) {}

    /**
     * From now on, connections that this port accepts count, and those above the limits are closed at once.
     *
     * @param refused receives the address of each that is closed. Called on event loops
     */
    public void limit(int port, ConnectionCounts counts, Consumer<String> refused) {
        byPort.put(port, new PortLimit(counts, refused));
    }

    /** Whether an accepted connection fits. If so, it counts until it closes. */
    boolean admit(Channel accepted) {
        if (accepted.localAddress() instanceof InetSocketAddress local
                && accepted.remoteAddress() instanceof InetSocketAddress remote) {
            PortLimit limit = byPort.get(local.getPort());
            return limit == null || admit(accepted, limit, remote.getAddress().getHostAddress());
        }
        return true; // it has closed already
    }

    private static boolean admit(Channel accepted, PortLimit limit, String address) {
        if (!limit.counts().opened(address)) {
            limit.refused().accept(address);
            return false;
        }
        accepted.attr(COUNTED).set(true);
        accepted.closeFuture().addListener(closed -> limit.counts().closed(address));
        return true;
    }

    /** Whether a connection counts already, so that nobody has to count it again. */
    public static boolean hasCounted(ChannelHandlerContext connection) {
        return connection.channel().hasAttr(COUNTED);
    }
}
