package io.quorate.deploy.config;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;

/**
 * How a process serves, whatever is asked.
 *
 * @param loops see {@link EventLoopOptions}
 * @param adminPort a port for {@code /health/live} and {@code /metrics} alone, at {@code httpHost}. There they answer
 *     however busy {@code httpPort} is. 0 opens none. Default 0
 * @param slowRequestMs the duration from which a request counts as slow. A slow request is kept for {@code /v1/slow},
 *     and a line in the log shows when each replica answered. 0 turns off both. Too low hides the slow requests among
 *     usual ones. Too high misses them. Default 500
 * @param drainTimeoutMs how long SIGTERM waits for requests in flight. Too low cuts answers off. Too high makes a
 *     restart slow. Default 5000
 * @param connectionsMax how many connections clients may have together. Those above it are closed at once. Too low
 *     refuses clients. Too high takes memory and the descriptors that the store needs. 0 derives it from the machine:
 *     one for each 64 KiB of heap, and at most half of the descriptors. Otherwise at least 16. Default 0
 * @param connectionsPerAddressMax how many of them one address may have, or one IPv6 network (/64). Too low refuses all
 *     that is behind a proxy. Too high lets one client keep out the others. 0 derives it: a quarter of
 *     {@code connectionsMax}. Default 0
 * @param httpNames further names by which clients call this process: of a load balancer, a service, a machine. A
 *     request for any other name is refused, since a page in a browser could have made that name point here. IP
 *     addresses, {@code localhost}, {@code httpHost} and the hosts of {@code members} need no entry. A name has no
 *     port. {@code *.} in front of it stands for one further label. Default none
 * @param allowedOrigins the origins of pages of your own, such as {@code https://app.example.com}. A script on such a
 *     page may read and write here as far as its token goes, by the rules of CORS. An origin is a scheme, a host and a
 *     port that is not the usual one, without {@code *}. Pages of all other origins may change nothing. Default none
 */
public record ServingOptions(
        EventLoopOptions loops,
        int adminPort,
        int slowRequestMs,
        int drainTimeoutMs,
        int connectionsMax,
        int connectionsPerAddressMax,
        List<String> httpNames,
        List<String> allowedOrigins)
        implements OptionGroup {
    private static final long HEAP_BYTES_EACH = 64 << 10;
    private static final int CONNECTIONS_LEAST = 16;
    private static final int CONNECTIONS_MOST = 1_000_000;

    static ServingOptions take(Options options) {
        return new ServingOptions(
                EventLoopOptions.take(options),
                options.integer("adminPort", 0, Options.PORT_MAX, 0),
                options.integer("slowRequestMs", 0, 600_000, 500),
                options.integer("drainTimeoutMs", 0, 600_000, 5_000),
                options.integer("connectionsMax", 0, CONNECTIONS_MOST, 0),
                options.integer("connectionsPerAddressMax", 0, CONNECTIONS_MOST, 0),
                HttpName.take(options, "httpNames"),
                HttpOrigin.take(options, "allowedOrigins"));
    }

    /** How many connections clients may have together. */
    public int connections() {
        return connectionsMax == 0
                ? connections(descriptors(), Runtime.getRuntime().maxMemory())
                : connectionsMax;
    }

    /** How many of them one address may have. */
    public int connectionsPerAddress() {
        return connectionsPerAddressMax == 0 ? connections() / 4 : connectionsPerAddressMax;
    }

    void check(Options options) {
        if (options.sound("connectionsMax") && connectionsMax > 0 && connectionsMax < CONNECTIONS_LEAST) {
            options.problem(
                    "connectionsMax",
                    connectionsMax + " leaves too few for probes and operators",
                    "allowed: 0, or " + CONNECTIONS_LEAST + " to " + CONNECTIONS_MOST);
        }
    }

    static int connections(long descriptors, long heapBytes) {
        long fitting = Math.min(descriptors / 2, heapBytes / HEAP_BYTES_EACH);
        return (int) Math.max(CONNECTIONS_LEAST, Math.min(CONNECTIONS_MOST, fitting));
    }

    private static long descriptors() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
    }
}
