package io.quorate.deploy.config;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The options of {@code quorate coordinator}. The part of a node that answers HTTP has the same options.
 *
 * @param clusterId the cluster's name. Members of other clusters are refused. No default
 * @param nodeId this process's name. The evidence of every answer shows it. No default
 * @param httpHost the address to listen on for HTTP. Default 127.0.0.1
 * @param httpPort the port to listen on for HTTP. Default 7001
 * @param members every replica of the cluster, with the same ids everywhere. A process with other ids is refused. No
 *     default
 * @param insecure allows addresses that other machines reach, though there is neither TLS nor any access control yet.
 *     Default false
 * @param valueBytesMax the longest value that a PUT may carry. Too low refuses values that clients need to store. Too
 *     high lets a few requests fill the heap, on the other nodes too. It may differ between processes, and longer
 *     values that are stored already can still be read. Default 1 MiB, at most 64 MiB
 * @param requestTimeoutMs the time limit of a request without a {@code timeout} of its own. Too low reports a slow disk
 *     as an outage, and leaves the outcome of writes unknown. Too high keeps clients waiting for answers that do not
 *     come. Default 2000
 * @param requestTimeoutMsMax the longest {@code timeout} that a request may name. Too low refuses patient clients. Too
 *     high lets stuck requests pile up. Default 60000
 * @param idempotencyRetentionMs the time for which a write with an idempotency key is remembered. It begins when a
 *     coordinator with this option first proposes the write, and retries through other coordinators do not extend it.
 *     Too low lets a late retry have the effect again. Too high keeps about 200 bytes on each replica for each such
 *     write. Default 86400000, a day. At least a minute, and at most 24 days
 * @param heartbeatMs the time between two heartbeats on each connection to a replica. Too low costs CPU when idle. Too
 *     high makes {@code silentMs} coarse. Default 100
 * @param silentMs the time without a heartbeat after which a replica counts as down, and no request waits for it. Too
 *     low takes a pause for garbage collection for a crash. Too high lets requests wait for a dead replica. Default 500
 * @param hedgeDelayMsMax the longest wait before a read also asks another replica. Too low doubles the load of reads as
 *     soon as something is slow. Too high lets one slow replica show in the tail latency. Default 20
 * @param clockSkewMsMax the limit on how far in the future a timestamp may be and still move this process's clock. Too
 *     low ignores correct clocks that are a little ahead. Too high lets one wrong clock move all others. Default 500
 * @param eventLoops the threads that serve connections. Too low leaves cores idle. Too high makes threads compete for
 *     them. Default half of the cores, at least 1
 * @param slowRequestMs the duration from which a request counts as slow. A slow request is kept for {@code /v1/slow},
 *     and a line in the log shows when each replica answered. 0 turns off both. Too low hides the slow requests among
 *     usual ones. Too high misses them. Default 500
 * @param drainTimeoutMs how long SIGTERM waits for requests in flight. Too low cuts answers off. Too high makes a
 *     restart slow. Default 5000
 */
public record CoordinatorConfiguration(
        ClusterId clusterId,
        NodeId nodeId,
        String httpHost,
        int httpPort,
        List<Member> members,
        boolean insecure,
        int valueBytesMax,
        int requestTimeoutMs,
        int requestTimeoutMsMax,
        int idempotencyRetentionMs,
        int heartbeatMs,
        int silentMs,
        int hedgeDelayMsMax,
        int clockSkewMsMax,
        int eventLoops,
        int slowRequestMs,
        int drainTimeoutMs) {

    private static final int MIB = 1 << 20;
    private static final int DAY_MS = 86_400_000;

    /**
     * Reads the file of a process that only coordinates.
     *
     * @throws ConfigurationException with everything that is wrong in it
     */
    public static CoordinatorConfiguration read(Path file, Map<String, String> environment)
            throws ConfigurationException {
        Options options = new Options(ConfigurationFile.read(file), environment);
        CoordinatorConfiguration configuration = take(options);
        configuration.checkItIsNoMember(options);
        options.refuseUnknown();
        if (!options.problems().isEmpty()) {
            throw new ConfigurationException(file.toString(), options.problems());
        }
        return configuration;
    }

    static CoordinatorConfiguration take(Options options) {
        CoordinatorConfiguration configuration = new CoordinatorConfiguration(
                options.name("clusterId", ClusterId::new, new ClusterId("unknown")),
                options.name("nodeId", NodeId::new, new NodeId("unknown")),
                options.host("httpHost", "127.0.0.1"),
                options.integer("httpPort", 1, Options.PORT_MAX, 7001),
                options.list("members", "a list of {id, host, port, httpPort}, one for each replica", Member::read),
                options.flag("insecure", false),
                options.integer("valueBytesMax", 1, 64 * MIB, MIB),
                options.integer("requestTimeoutMs", 1, 600_000, 2_000),
                options.integer("requestTimeoutMsMax", 1, 600_000, 60_000),
                options.integer("idempotencyRetentionMs", 60_000, 24 * DAY_MS, DAY_MS),
                options.integer("heartbeatMs", 10, 10_000, 100),
                options.integer("silentMs", 50, 60_000, 500),
                options.integer("hedgeDelayMsMax", 1, 60_000, 20),
                options.integer("clockSkewMsMax", 0, 3_600_000, 500),
                options.integer("eventLoops", 1, 256, defaultEventLoops()),
                options.integer("slowRequestMs", 0, 600_000, 500),
                options.integer("drainTimeoutMs", 0, 600_000, 5_000));
        configuration.check(options);
        return configuration;
    }

    public MemberIds memberIds() {
        return new MemberIds(members.stream().map(Member::id).toList());
    }

    private void check(Options options) {
        MembersCheck.check(members, options);
        if (options.sound("requestTimeoutMs", "requestTimeoutMsMax") && requestTimeoutMs > requestTimeoutMsMax) {
            options.problem(
                    "requestTimeoutMs",
                    requestTimeoutMs + " is above the longest timeout that a request may name",
                    "allowed: up to requestTimeoutMsMax, which is " + requestTimeoutMsMax);
        }
        if (options.sound("heartbeatMs", "silentMs") && silentMs < 2 * heartbeatMs) {
            options.problem(
                    "silentMs",
                    silentMs + " leaves no room for one lost heartbeat",
                    "allowed: at least twice heartbeatMs, which is " + heartbeatMs);
        }
        checkReach(options, "httpHost", httpHost);
    }

    void checkReach(Options options, String name, String host) {
        if (options.sound(name, "insecure") && !insecure && !Loopback.contains(host)) {
            options.problem(
                    name,
                    host + " is reachable from other machines, and there is neither TLS nor access control",
                    "allowed: a loopback address such as 127.0.0.1, or any with 'insecure: true'");
        }
    }

    private void checkItIsNoMember(Options options) {
        if (options.sound("nodeId", "members")
                && members.stream().anyMatch(member -> member.id().equals(nodeId))) {
            options.problem(
                    "nodeId", nodeId + " is the name of a member", "choose a name that no replica has, such as c1");
        }
    }

    private static int defaultEventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
