package io.quorate.deploy.config;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.http.HttpAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of {@code quorate coordinator}. The part of a node that answers HTTP has the same options.
 *
 * @param clusterId the cluster's name. Members of other clusters are refused. No default
 * @param nodeId this process's name. The evidence of every answer shows it. No default
 * @param httpHost the address to listen on for HTTP. Default 127.0.0.1
 * @param httpPort the port to listen on for HTTP. Default 7001
 * @param members every replica of the cluster, with the same ids everywhere. A process with other ids is refused. No
 *     default
 * @param insecureNetwork allows addresses that other machines reach without TLS, if it has the words
 *     {@code i-understand}. Everybody who reaches them can then read and write all data, also as a node, and everybody
 *     on the way can read along. {@code /v1/cluster}, {@code quorate doctor}, {@code quorate nodes}, the console, the
 *     log and an alert say so for as long as there is no TLS. Default none
 * @param tls see {@link TlsOptions}
 * @param access see {@link AccessOptions}
 * @param audit see {@link AuditOptions}
 * @param requests see {@link RequestLimits}
 * @param peers see {@link PeerTimings}
 * @param serving see {@link ServingOptions}
 */
public record CoordinatorConfiguration(
        ClusterId clusterId,
        NodeId nodeId,
        String httpHost,
        int httpPort,
        List<Member> members,
        boolean insecureNetwork,
        TlsOptions tls,
        AccessOptions access,
        AuditOptions audit,
        RequestLimits requests,
        PeerTimings peers,
        ServingOptions serving)
        implements OptionGroup {
    private static final String INSECURE_WORDS = "i-understand";

    /**
     * Reads the file of a process that only coordinates.
     *
     * @throws ConfigurationException with everything that is wrong in it
     */
    public static CoordinatorConfiguration read(Path file, Map<String, String> environment)
            throws ConfigurationException {
        Options options = new Options(ConfigurationFile.read(file), environment);
        CoordinatorConfiguration configuration = take(options, file, file.toAbsolutePath());
        configuration.checkItIsNoMember(options);
        options.refuseUnknown();
        if (!options.problems().isEmpty()) {
            throw new ConfigurationException(file.toString(), options.problems());
        }
        return configuration;
    }

    /** @param besideAudit the audit is a sibling of this path, if the options name no other */
    static CoordinatorConfiguration take(Options options, Path file, Path besideAudit) {
        NodeId nodeId = options.name("nodeId", NodeId::new, new NodeId("unknown"));
        AccessOptions access = AccessOptions.take(options, file);
        CoordinatorConfiguration configuration = new CoordinatorConfiguration(
                options.name("clusterId", ClusterId::new, new ClusterId("unknown")),
                nodeId,
                options.host("httpHost", "127.0.0.1"),
                options.integer("httpPort", 1, Options.PORT_MAX, 7001),
                options.list("members", "a list of {id, host, port, httpPort}, one for each replica", Member::read),
                options.words("insecureNetwork", INSECURE_WORDS),
                TlsOptions.take(options, file),
                access,
                AuditOptions.take(options, file, access, besideAudit.resolveSibling("audit-" + nodeId + ".log")),
                RequestLimits.take(options),
                PeerTimings.take(options),
                ServingOptions.take(options));
        configuration.check(options);
        return configuration;
    }

    public MemberIds memberIds() {
        return new MemberIds(members.stream().map(Member::id).toList());
    }

    /** The hosts by which clients may call this process, beside IP addresses and {@code localhost}. */
    public Collection<String> httpHosts() {
        Set<String> hosts = new LinkedHashSet<>(serving.httpNames());
        hosts.add(httpHost);
        for (Member member : members) {
            hosts.add(member.host());
            member.http().map(HttpAddress::host).ifPresent(hosts::add);
        }
        return hosts;
    }

    /** Whether this process does without TLS although others may reach it, as {@code insecureNetwork} says. */
    public boolean isInsecure() {
        return insecureNetwork && tls.isEmpty();
    }

    private void check(Options options) {
        options.refuseFormer(
                "insecure",
                "allowed instead of 'insecure: true': TLS (tlsCertificate, tlsKey, tlsCa), or 'insecureNetwork: "
                        + INSECURE_WORDS + "'. In place of 'insecure: false', write nothing");
        MembersCheck.check(members, options);
        requests.check(options);
        peers.check(options);
        access.check(options, tls);
        audit.check(options, access);
        serving.check(options);
        checkReach(options, "httpHost", httpHost);
        if (options.sound("members")) {
            members.stream().map(Member::host).distinct().forEach(host -> checkReach(options, "members", host));
        }
    }

    void checkReach(Options options, String name, String host) {
        if (options.sound(name, "insecureNetwork") && !insecureNetwork && !Loopback.contains(host) && tls.isEmpty()) {
            options.problem(
                    name,
                    host + " is not this machine's loopback, and there is no TLS",
                    "allowed: a loopback address such as 127.0.0.1, or any with TLS (tlsCertificate, tlsKey, tlsCa;"
                            + " 'quorate cert' makes them), or any with 'insecureNetwork: " + INSECURE_WORDS
                            + "', which lets everybody who reaches it, or answers there, read and write all data");
        }
    }

    private void checkItIsNoMember(Options options) {
        if (options.sound("nodeId", "members")
                && members.stream().anyMatch(member -> member.id().equals(nodeId))) {
            options.problem(
                    "nodeId", nodeId + " is the name of a member", "choose a name that no replica has, such as c1");
        }
    }
}
