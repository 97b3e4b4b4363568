package io.quorate.common.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.time.SystemClock;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Limits the connections of ports from the moment at which the system accepts them. Vert.x shows a connection only when
 * its TLS handshake is done, so one that never ends would count nowhere. Safe for use by several threads: a loop of its
 * own accepts, and others serve what it accepted.
 */
public final class AcceptLimits {
    private static final AttributeKey<CountedPlace> COUNTED = AttributeKey.valueOf("quorate.counted");

    private final Map<Integer, PortLimit> byPort = new ConcurrentHashMap<>();

    /** The place that an accepted connection has at its port. */
    private record CountedPlace(PortLimit limit, AcceptedConnection connection, long acceptedNs) {}

    /**
     * From now on, connections that this port accepts count, and those above the limits are closed at once.
     *
     * @param refused receives the address of each that is closed, or its IPv6 network. Called on event loops
     */
    public void limit(int port, ConnectionCounts counts, Consumer<String> refused) {
        byPort.put(port, new PortLimit(counts, refused, false));
    }

    /**
     * As {@link #limit}, but each IPv6 address counts for itself, since all processes of a cluster may be in one
     * network. And above the limits the oldest connection makes room that was not {@link #greeted} yet. If the newest
     * were refused, silent strangers could keep all others out. The newest is refused if all were greeted.
     */
    public void limitUngreeted(int port, ConnectionCounts counts, Consumer<String> closed) {
        byPort.put(port, new PortLimit(counts, closed, true));
    }

    /** Whether an accepted connection fits. If so, it counts until it closes. */
    boolean admit(Channel accepted) {
        if (accepted.localAddress() instanceof InetSocketAddress local
                && accepted.remoteAddress() instanceof InetSocketAddress remote) {
            PortLimit limit = byPort.get(local.getPort());
            return limit == null || admit(accepted, limit, limit.countedAs(remote.getAddress()));
        }
        return true; // it has closed already
    }

    private static boolean admit(Channel accepted, PortLimit limit, String address) {
        if (!limit.opened(address)) {
            return false;
        }
        AcceptedConnection connection = new AcceptedConnection(accepted, address, limit.counts());
        limit.arrived(connection);
        accepted.attr(COUNTED).set(new CountedPlace(limit, connection, SystemClock.INSTANCE.monotonicNs()));
        accepted.closeFuture().addListener(closed -> limit.closed(connection));
        return true;
    }

    /** An event loop gets a connection. On the loop that accepts. */
    static void handedOver(Channel accepted) {
        place(accepted).ifPresent(place -> place.connection().handedOver());
    }

    /** Closes a connection that no event loop got. On the loop that accepts. */
    static void close(Channel accepted) {
        accepted.unsafe().closeForcibly();
        closed(accepted);
    }

    /** A connection has closed that perhaps no event loop got. On the loop that accepts. */
    static void closed(Channel accepted) {
        place(accepted).ifPresent(place -> place.limit().closed(place.connection()));
    }

    /** Empty if it does not count. To get an attribute would make it, so this asks first. */
    private static Optional<CountedPlace> place(Channel accepted) {
        return accepted.hasAttr(COUNTED) ? Optional.of(accepted.attr(COUNTED).get()) : Optional.empty();
    }

    /** Whether a connection counts already, so that nobody has to count it again. */
    public static boolean hasCounted(ChannelHandlerContext connection) {
        return place(connection.channel()).isPresent();
    }

    /** How long ago the system accepted a connection, before any handshake. 0 if it does not count. */
    public static long msSinceAccepted(ChannelHandlerContext connection) {
        return place(connection.channel())
                .map(place -> TimeUnit.NANOSECONDS.toMillis(SystemClock.INSTANCE.monotonicNs() - place.acceptedNs()))
                .orElse(0L);
    }

    /** The handshakes of a connection are done, so it never has to make room. */
    public static void greeted(ChannelHandlerContext connection) {
        place(connection.channel()).ifPresent(place -> place.limit().greeted(place.connection()));
    }
}
