package io.quorate.common.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quorate.common.link.ConnectionCounts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class PortLimitTest {
    private final ConnectionCounts counts = new ConnectionCounts(2, 1);

    @Test
    void clientsOfOneIpv6NetworkCountAsOneAndPeersDoNot() throws UnknownHostException {
        InetAddress one = InetAddress.getByName("2001:db8:1:2::1");
        InetAddress other = InetAddress.getByName("2001:db8:1:2::2");
        PortLimit clients = new PortLimit(counts, refused -> {}, false);
        assertEquals(clients.countedAs(one), clients.countedAs(other));
        PortLimit peers = new PortLimit(counts, closed -> {}, true);
        assertNotEquals(peers.countedAs(one), peers.countedAs(other));
    }
}
