package io.quorate.deploy.process;

import io.quorate.coordinator.replica.tcp.HostLookup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.security.Security;
import java.util.Arrays;
import java.util.List;

/**
 * Asks the operating system for addresses, as other programs do. So a change of the hosts file, of {@code resolv.conf}
 * or of DNS counts within a second. Vert.x' own resolver reads {@code resolv.conf} at its start only. The lookup may
 * block, so it runs on a worker thread.
 */
public final class SystemHostLookup implements HostLookup {
    private final Vertx vertx;

    SystemHostLookup(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Chooses how long the JVM remembers addresses: a second, so that the event loops share a lookup. It remembers no
     * failure. Call this before the first lookup of the process, since the JVM reads the choice only then.
     */
    public static void chooseCaches() {
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.stale.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    @Override
    public Future<List<String>> addressesOf(String host) {
        return vertx.executeBlocking(
                () -> Arrays.stream(InetAddress.getAllByName(host))
                        .map(InetAddress::getHostAddress)
                        .toList(),
                false);
    }
}
