package io.quorate.deploy.local.command;

import io.quorate.common.model.NodeId;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.terminal.ShellWord;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints what a user can do with a cluster that has just started. */
final class FirstSteps {
    private final ClusterFolder cluster;
    private final ClusterWords words;

    FirstSteps(ClusterFolder cluster, ClusterWords words) {
        this.cluster = cluster;
        this.words = words;
    }

    /** @param faults whether they can be injected */
    void print(List<NodeFolder> started, boolean faults, Reporter reporter) {
        started.forEach(node -> reporter.report(node.id() + "  " + cluster.http(node.id()) + "  log " + node.log()));
        List<NodeId> all = cluster.layout().nodes();
        String first = address(all.get(0));
        String page = page(all.get(0));
        reporter.report("console: " + page + "/");
        reporter.report("theatre: " + page + "/#/theatre");
        if (cluster.isSecured()) {
            reporter.report("  log in with the token that this prints: cat " + token());
            reporter.report(
                    "  (a browser warns until it trusts " + authorities() + ": deploy/docs/access.md, The console)");
        }
        if (cluster.isSecured() || !cluster.layout().equals(PortLayout.DEFAULT)) {
            reporter.report("for quorate: export " + variables(all));
        }
        reporter.report("try:");
        reporter.report(
                "  " + curl() + " -X PUT -H 'Content-Type: text/plain' --data 'hello' " + first + "/v1/kv/greeting");
        reporter.report("  " + curl() + " -i " + address(all.get(all.size() - 1)) + "/v1/kv/greeting");
        reporter.report("  " + curl() + " " + first + "/v1/cluster");
        NodeId last = started.get(started.size() - 1).id();
        reporter.report("  " + words.line("kill " + last) + "    # and go on writing");
        if (faults) {
            reporter.report("faults are on, also in the console:");
            faults(all, last).forEach(fault -> reporter.report("  " + words.line(fault)));
        }
    }

    private static List<String> faults(List<NodeId> all, NodeId node) {
        List<String> faults = List.of("slow " + node + " 50ms", "skew " + node + " +5s", "heal");
        return all.size() == 1
                ? faults
                : Stream.concat(Stream.of("cut " + all.get(0) + " " + all.get(1)), faults.stream())
                        .toList();
    }

    /** A browser sends the cookie of a session to all nodes if it knows them by the host that members have. */
    private String page(NodeId node) {
        return cluster.isSecured()
                ? "https://" + PortLayout.HOST + ":" + cluster.layout().httpPort(node)
                : "http://" + address(node);
    }

    private String variables(List<NodeId> all) {
        String endpoints =
                "QUORATE_ENDPOINTS=" + all.stream().map(this::address).collect(Collectors.joining(","));
        return cluster.isSecured()
                ? "QUORATE_CA=" + authorities() + " QUORATE_TOKEN_FILE=" + token() + " " + endpoints
                : endpoints;
    }

    /** Other users can read the arguments of a program, so the token goes through a pipe. */
    private String curl() {
        return cluster.isSecured()
                ? "sed 's/^/Authorization: Bearer /' " + token() + " | curl -H @- --cacert " + authorities()
                : "curl";
    }

    private String token() {
        return ShellWord.quoted(cluster.adminToken().toString());
    }

    private String authorities() {
        return ShellWord.quoted(cluster.authorities().toString());
    }

    private String address(NodeId node) {
        return (cluster.isSecured() ? "https://" : "") + "localhost:"
                + cluster.layout().httpPort(node);
    }
}
