package io.quorate.common.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientNetworkTest {
    @Test
    void theAddressesOfAnIpv6NetworkAreOneClient() throws UnknownHostException {
        assertEquals(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assertNotEquals(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    }

    @Test
    void eachIpv4AddressIsAClientAlsoIfItIsMapped() throws UnknownHostException {
        assertNotEquals(network("192.0.2.1"), network("192.0.2.2"));
        assertEquals(network("192.0.2.1"), network("::ffff:192.0.2.1"));
    }

    @Test
    void eachIpv4AddressBehindNat64IsAClient() throws UnknownHostException {
        assertNotEquals(network("64:ff9b::192.0.2.1"), network("64:ff9b::192.0.2.2"));
    }

    @Test
    void theNameSaysThatItIsANetwork() throws UnknownHostException {
        assertEquals("2001:db8:1:2:0:0:0:0/64", ClientNetwork.nameOf(InetAddress.getByName("2001:db8:1:2::1")));
        assertEquals("2001:db8:1:2:0:0:0:0/64", ClientNetwork.nameOf(InetAddress.getByName("2001:db8:1:2::")));
        assertEquals("192.0.2.1", ClientNetwork.nameOf(InetAddress.getByName("192.0.2.1")));
    }

    private static InetAddress network(String address) throws UnknownHostException {
        return ClientNetwork.of(InetAddress.getByName(address));
    }
}
