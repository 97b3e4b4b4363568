/** A client for Quorate, a replicated key-value cluster. It needs nothing but the JDK. */
module io.quorate.client {
    requires transitive java.net.http;

    exports io.quorate.client;
}
