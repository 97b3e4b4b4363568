package io.quorate.coordinator.api.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.link.RefusedPeer;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.HttpAddress;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.quorum.QuorumSizes;
import io.quorate.coordinator.replica.MemberState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The members and their health as one coordinator sees them, for the API and for the console's stream. */
public final class ClusterJson {
    private static final long INSPECTION_TIMEOUT_MS = 1_000;

    private final ClusterId cluster;
    private final Coordinator coordinator;
    private final Map<NodeId, HttpAddress> httpAddresses;
    private final Supplier<List<RefusedPeer>> refusedPeers;
    private final boolean faultsAllowed;
    private final boolean insecureNetwork;

    /**
     * @param httpAddresses where members answer HTTP. A member that is missing has no known address
     * @param refusedPeers the processes that the replica of this process refused lately
     */
    public ClusterJson(
            ClusterId cluster,
            Coordinator coordinator,
            Map<NodeId, HttpAddress> httpAddresses,
            Supplier<List<RefusedPeer>> refusedPeers) {
        this(cluster, coordinator, httpAddresses, refusedPeers, false, false);
    }

    private ClusterJson(
            ClusterId cluster,
            Coordinator coordinator,
            Map<NodeId, HttpAddress> httpAddresses,
            Supplier<List<RefusedPeer>> refusedPeers,
            boolean faultsAllowed,
            boolean insecureNetwork) {
        this.cluster = cluster;
        this.refusedPeers = refusedPeers;
        this.coordinator = coordinator;
        this.httpAddresses = httpAddresses;
        this.faultsAllowed = faultsAllowed;
        this.insecureNetwork = insecureNetwork;
    }

    /** The same, and it says that faults may be injected into this cluster. */
    public ClusterJson withFaultsAllowed() {
        return new ClusterJson(cluster, coordinator, httpAddresses, refusedPeers, true, insecureNetwork);
    }

    /** The same, and it warns that this process listens to other machines without TLS. */
    public ClusterJson withInsecureNetwork() {
        return new ClusterJson(cluster, coordinator, httpAddresses, refusedPeers, faultsAllowed, true);
    }

    /** Asks all members for their status, and passes on what they answered within a second. */
    public void inspect(Consumer<List<MemberState>> listener) {
        coordinator.inspectMembers(INSPECTION_TIMEOUT_MS, listener);
    }

    /** State and vote of each member, known without asking. It changes as soon as a member goes or comes back. */
    public List<String> states() {
        return coordinator.members().stream()
                .map(member -> state(member) + ' ' + member.votingStatus().label())
                .toList();
    }

    /** The members that cannot be reached now, each with its state, known without asking. */
    public Map<NodeId, String> away() {
        return coordinator.members().stream()
                .filter(member -> !member.reachability().isReachable())
                .collect(Collectors.toMap(MemberState::id, ClusterJson::state));
    }

    public ObjectNode body(List<MemberState> members) {
        ObjectNode body = Json.object();
        body.put("cluster", cluster.name());
        body.put("coordinator", coordinator.id().name());
        if (faultsAllowed) {
            body.put("faultsAllowed", true);
        }
        if (insecureNetwork) {
            body.put("insecureNetwork", true);
        }
        QuorumSizes sizes = new QuorumSizes(members.size());
        int up = (int) members.stream()
                .filter(member -> member.reachability().isReachable())
                .count();
        body.put("quorum", sizes.majority());
        body.put("up", up);
        int voting = (int) members.stream().filter(MemberState::counts).count();
        body.put("voting", voting);
        body.put("canLose", Math.max(0, sizes.canLose(voting)));
        body.put("hasQuorum", sizes.canLose(voting) >= 0);
        ObjectNode repairs = body.putObject("readRepairs");
        repairs.put("foreground", coordinator.repairs().foreground());
        repairs.put("background", coordinator.repairs().background());
        ArrayNode strangers = body.putArray("refusedPeers");
        refusedPeers.get().forEach(peer -> strangers
                .addObject()
                .put("id", peer.id().name())
                .put("trouble", peer.reason())
                .put("times", peer.times()));
        ArrayNode nodes = body.putArray("nodes");
        members.forEach(member -> nodes.add(node(member)));
        return body;
    }

    ObjectNode node(MemberState member) {
        ObjectNode node = Json.object();
        node.put("id", member.id().name());
        HttpAddress address = httpAddresses.get(member.id());
        if (address != null) {
            node.put("http", address.authority());
        }
        node.put("state", state(member));
        node.put("votingStatus", member.votingStatus().label());
        if (!member.vitals().trouble().isEmpty()) {
            node.put("trouble", member.vitals().trouble());
        }
        node.put("incarnation", member.vitals().incarnation());
        member.vitals().disk().ifPresent(disk -> node.put("disk", disk.toString()));
        member.vitals().protocol().ifPresent(number -> node.put("protocol", number));
        member.skewMs(coordinator.clock()).ifPresent(skewMs -> node.put("skewMs", skewMs));
        member.status().ifPresent(status -> putStatus(node, status));
        return node;
    }

    private static String state(MemberState member) {
        return switch (member.reachability()) {
            case UP, RETURNED -> "up";
            case SLOW, SILENT, DOWN -> member.reachability().name().toLowerCase(Locale.ROOT);
        };
    }

    private static void putStatus(ObjectNode node, ReplicaStatus status) {
        if (!status.whyNoVote().isEmpty()) {
            node.put("whyNoVote", status.whyNoVote());
        }
        node.put("pid", status.pid());
        node.put("uptimeMs", status.uptimeMs());
        node.put("cpuMs", status.cpuMs());
        node.put("residentBytes", status.residentBytes());
        node.put("timestampsTooFarAhead", status.timestampsTooFarAhead());
        status.store().ifPresent(store -> StoreJson.put(node.putObject("store"), store));
    }
}
