package io.quorate.deploy.doctor;

import static io.quorate.deploy.doctor.Words.and;
import static io.quorate.deploy.doctor.Words.verb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether all processes have the same configuration: cluster, members, network. And whom they refuse because of it. */
final class ConfigurationCheck {
    private final ClusterViews views;
    private final List<Diagnosis> findings = new ArrayList<>();

    ConfigurationCheck(ClusterViews views) {
        this.views = views;
    }

    List<Diagnosis> run() {
        Map<String, List<String>> clusters = holders(MemberView::clusterName);
        if (clusters.size() > 1) {
            findings.add(Diagnosis.problem(
                    "cluster",
                    "the endpoints belong to different clusters: " + sides(clusters),
                    "name those of one cluster"));
        }
        Map<String, List<String>> lists = holders(view -> String.join(" ", view.members()));
        if (lists.size() > 1 && clusters.size() == 1) {
            findings.add(Diagnosis.problem(
                    "cluster",
                    "the processes have different lists of members: " + sides(lists),
                    "give all of them the same 'members'"));
        }
        insecure();
        strangers();
        return findings;
    }

    /** Who says what, by what is said. */
    private Map<String, List<String>> holders(Function<MemberView, String> what) {
        return views.views().stream()
                .collect(Collectors.groupingBy(
                        what, TreeMap::new, Collectors.mapping(MemberView::of, Collectors.toList())));
    }

    private static String sides(Map<String, List<String>> holders) {
        return holders.entrySet().stream()
                .map(side -> "[" + side.getKey() + "] at " + and(side.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void insecure() {
        List<String> open = views.views().stream()
                .filter(MemberView::isInsecure)
                .map(MemberView::of)
                .toList();
        if (!open.isEmpty()) {
            findings.add(Diagnosis.problem(
                    "cluster",
                    and(open) + " " + verb(open, "has", "have")
                            + " no TLS although other machines may reach them (insecureNetwork): everybody who reaches them can"
                            + " read and write all data",
                    "give all processes certificates, see deploy/docs/tls.md"));
        }
    }

    /** Processes that a node refuses. They may believe that they belong to the cluster. */
    private void strangers() {
        Map<String, List<String>> refusing = new TreeMap<>();
        for (MemberView view : views.views()) {
            for (JsonNode peer : view.cluster().path("refusedPeers")) {
                refusing.computeIfAbsent(
                                peer.path("id").asText() + ": "
                                        + peer.path("trouble").asText(),
                                any -> new ArrayList<>())
                        .add(view.of());
            }
        }
        refusing.forEach((stranger, nodes) -> findings.add(Diagnosis.problem(
                "cluster",
                and(nodes) + " " + verb(nodes, "refuses", "refuse") + " " + stranger,
                "give all processes of the cluster the same 'clusterId' and 'members', builds with a common number of"
                        + " the protocol, and each node its own data directory. Stop strangers")));
    }
}
