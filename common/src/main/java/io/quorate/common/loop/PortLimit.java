package io.quorate.common.loop;

import io.quorate.common.link.ClientNetwork;
import io.quorate.common.link.ConnectionCounts;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;

/** The limits of one port, and which connection it closes above them. Safe for use by several threads. */
final class PortLimit {
    private final ConnectionCounts counts;
    private final Consumer<String> closed;
    private final boolean closesUngreeted;
    private final UngreetedConnections ungreeted = new UngreetedConnections();

    /**
     * @param closed receives the address of each connection that is closed
     * @param closesUngreeted closes the oldest one that was not greeted. Otherwise it closes the newest
     */
    PortLimit(ConnectionCounts counts, Consumer<String> closed, boolean closesUngreeted) {
        this.counts = counts;
        this.closed = closed;
        this.closesUngreeted = closesUngreeted;
    }

    ConnectionCounts counts() {
        return counts;
    }

    /** Clients count by their network, and the processes of a cluster by their address. */
    String countedAs(InetAddress remote) {
        return closesUngreeted ? remote.getHostAddress() : ClientNetwork.nameOf(remote);
    }

    /** Whether one more connection of this address fits, perhaps in place of another one. If so, it counts. */
    boolean opened(String address) {
        if (counts.opened(address)) {
            return true;
        }
        Optional<AcceptedConnection> oldest = closesUngreeted ? oldestInTheWayOf(address) : Optional.empty();
        oldest.ifPresent(AcceptedConnection::makeRoom);
        closed.accept(oldest.map(AcceptedConnection::address).orElse(address));
        return oldest.isPresent() && counts.opened(address);
    }

    /** Only one of the same address helps an address that has too many itself. */
    private Optional<AcceptedConnection> oldestInTheWayOf(String address) {
        boolean isFull = counts.isFull(address);
        return ungreeted.removeOldest(each -> !isFull || each.address().equals(address));
    }

    void arrived(AcceptedConnection connection) {
        if (closesUngreeted) {
            ungreeted.add(connection);
        }
    }

    void greeted(AcceptedConnection connection) {
        ungreeted.remove(connection);
    }

    void closed(AcceptedConnection connection) {
        ungreeted.remove(connection);
        connection.ended();
    }
}
