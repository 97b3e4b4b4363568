package io.quorate.deploy.client;

/**
 * An HTTP address of the cluster: {@code 127.0.0.1:7001}.
 *
 * @param host a name or an address, an IPv6 address without brackets
 */
public record Endpoint(String host, int port) {
    private static final int PORT_MAX = 65_535;

    /** @throws IllegalArgumentException if {@code text} is not {@code host:port} */
    public static Endpoint parse(String text) {
        String address = text.startsWith("http://") ? text.substring("http://".length()) : text;
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
        return new Endpoint(isBracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    /** The host as a URI and the header {@code Host} have it: an IPv6 address stands in brackets. */
    String uriHost() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    @Override
    public String toString() {
        return uriHost() + ":" + port;
    }
}
