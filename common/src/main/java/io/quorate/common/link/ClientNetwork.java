package io.quorate.common.link;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Which addresses count as one client: an IPv4 address, also behind NAT64, or the /64 of an IPv6 address. A machine
 * with IPv6 mostly has all 2^64 addresses of its network, and can use another one for each connection. Providers give
 * each customer a /64 or more (RFC 6177).
 */
public final class ClientNetwork {
    private static final int NETWORK_BYTES = 8;
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private ClientNetwork() {}

    /** The first address of the network. An IPv4 address is its own. */
    public static InetAddress of(InetAddress address) {
        if (isOneClient(address)) {
            return address;
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), 2 * NETWORK_BYTES);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are always an address", e);
        }
    }

    /** Behind NAT64, the last four bytes are the address of an IPv4 client (RFC 6052, section 2.1). */
    private static boolean isOneClient(InetAddress address) {
        byte[] bytes = address.getAddress();
        return !(address instanceof Inet6Address) || Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length);
    }

    /** For messages. */
    public static String nameOf(InetAddress address) {
        String first = of(address).getHostAddress();
        return isOneClient(address) ? first : first + "/" + 8 * NETWORK_BYTES;
    }
}
