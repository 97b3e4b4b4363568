package io.quorate.deploy.bench;

/** An HTTP address of the cluster: {@code 127.0.0.1:7001}. */
record Endpoint(String host, int port) {
    /** @throws IllegalArgumentException if {@code text} is not {@code host:port} */
    static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new Endpoint(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("'" + text + "' is not host:port, such as 127.0.0.1:7001", e);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
