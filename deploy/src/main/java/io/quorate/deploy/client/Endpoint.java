package io.quorate.deploy.client;

import io.vertx.core.net.ConnectOptions;
import java.net.InetSocketAddress;

/**
 * An HTTP address of the cluster: {@code 127.0.0.1:7001}, {@code https://db1:7001}.
 *
 * @param host a name or an address, an IPv6 address without brackets
 * @param tls whether it is asked by HTTPS
 */
public record Endpoint(String host, int port, boolean tls) {
    private static final int PORT_MAX = 65_535;
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    /** Without TLS. */
    public Endpoint(String host, int port) {
        this(host, port, false);
    }

    /** @throws IllegalArgumentException if {@code text} is not {@code host:port} */
    public static Endpoint parse(String text) {
        boolean tls = text.startsWith(HTTPS);
        String address =
                tls ? text.substring(HTTPS.length()) : text.startsWith(HTTP) ? text.substring(HTTP.length()) : text;
        address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        String port = address.substring(colon + 1);
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        boolean isHost = isBracketed ? host.length() > 2 : host.matches("[^\\s:/\\[\\]@?#]+");
        if (!isHost || !port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > PORT_MAX) {
            throw new IllegalArgumentException("'" + text
                    + "' is not host:port with a port from 1 to 65535, such as 127.0.0.1:7001 or [::1]:7001");
        }
        return new Endpoint(isBracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port), tls);
    }

    /** Whether it has the same host and port, with TLS or without. */
    public boolean hasAddressOf(Endpoint other) {
        return host.equalsIgnoreCase(other.host) && port == other.port;
    }

    /** Whether connections to both arrive at one place, as with {@code localhost} and 127.0.0.1. Resolves the names. */
    public boolean leadsTo(Endpoint other) {
        return new InetSocketAddress(host, port).equals(new InetSocketAddress(other.host, other.port));
    }

    public Endpoint withTls() {
        return new Endpoint(host, port, true);
    }

    /** How a plain socket connects. */
    public ConnectOptions connectOptions() {
        return new ConnectOptions().setHost(host).setPort(port).setSsl(tls);
    }

    /** The beginning of a URI, up to the port. */
    String origin() {
        return (tls ? HTTPS : HTTP) + this;
    }

    /** The host as a URI and the header {@code Host} have it: an IPv6 address stands in brackets. */
    public String uriHost() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    /** As {@link #parse} takes it. */
    public String text() {
        return tls ? origin() : toString();
    }

    @Override
    public String toString() {
        return uriHost() + ":" + port;
    }
}
