package io.quorate.coordinator.api.http;

/**
 * Where a process answers HTTP, as its clients name it.
 *
 * @param host a name or an address, an IPv6 address without brackets
 */
public record HttpAddress(String host, int port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** {@code 127.0.0.1:7001}, {@code [::1]:7001}. */
    public String authority() {
        return bracketed() + ":" + port;
    }

    /** The origin that a browser gives to pages from there. */
    public String origin(String scheme) {
        int defaultPort = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        return scheme + "://" + bracketed() + (port == defaultPort ? "" : ":" + port);
    }

    public boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
