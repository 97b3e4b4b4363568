package io.quorate.deploy.local.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.fault.Faults;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.process.Launcher;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.local.process.Signals;
import io.quorate.deploy.local.process.StartNodes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One fault to inject into a local cluster, or to end: the same from the command line and over HTTP.
 *
 * @param node the node that gets the fault. It is empty only for {@link FaultKind#HEAL}, which then means all nodes
 * @param peer the other end of a cut
 * @param ms the delay for slow and slow-disk, or the offset for skew
 */
public record FaultOrder(FaultKind kind, Optional<NodeFolder> node, Optional<NodeFolder> peer, long ms) {
    private static final Set<String> FIELDS = Set.of("fault", "node", "peer", "ms");

    public enum FaultKind {
        KILL,
        PAUSE,
        RESUME,
        RESTART,
        START,
        CUT,
        SLOW,
        SLOW_DISK,
        SKEW,
        HEAL;

        static final String NAMES =
                Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", "));

        /** As people write it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether it is by so many milliseconds. */
        public boolean hasMs() {
            return isDelay() || this == SKEW;
        }

        private boolean isDelay() {
            return this == SLOW || this == SLOW_DISK;
        }

        /** Whether the node itself carries it out, by its faults file. */
        boolean needsSwitch() {
            return this == CUT || hasMs() || this == HEAL;
        }
    }

    /** @throws LocalClusterException if it is not possible in this cluster */
    public static FaultOrder of(FaultKind kind, Optional<NodeFolder> node, Optional<NodeFolder> peer, long ms)
            throws LocalClusterException {
        if (node.isEmpty() && kind != FaultKind.HEAL) {
            throw LocalClusterException.usage(kind.label() + " which node?");
        }
        if (kind == FaultKind.CUT && (peer.isEmpty() || peer.equals(node))) {
            throw LocalClusterException.usage("a cut is between two nodes");
        }
        if (kind.isDelay() && (ms < 0 || ms > Faults.SLOW_MS_MAX)) {
            throw LocalClusterException.usage(
                    kind.label() + " by " + ms + " ms; allowed: 0 to " + Faults.SLOW_MS_MAX + " ms");
        }
        if (kind == FaultKind.SKEW && (ms < -Faults.SKEW_MS_MAX || ms > Faults.SKEW_MS_MAX)) {
            throw LocalClusterException.usage(
                    "a clock off by " + ms + " ms; allowed: up to " + Faults.SKEW_MS_MAX + " ms (30 days) either way");
        }
        return new FaultOrder(kind, node, peer, ms);
    }

    static FaultOrder parse(JsonNode body, ClusterFolder cluster) throws LocalClusterException {
        if (!(body instanceof ObjectNode fields)) {
            throw LocalClusterException.usage("not a JSON object");
        }
        for (var field : fields.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw LocalClusterException.usage("there is no field '" + field.getKey() + "'");
            }
        }
        JsonNode ms = fields.path("ms");
        if (!ms.isMissingNode() && !(ms.isIntegralNumber() && ms.canConvertToLong())) {
            throw LocalClusterException.usage("ms is " + ms + ", which is no whole number");
        }
        FaultKind kind = kind(fields.path("fault"));
        if (kind.hasMs() && ms.isMissingNode()) {
            throw LocalClusterException.usage(kind.label() + " by how much? ms is missing");
        }
        return of(kind, node(fields.path("node"), cluster), node(fields.path("peer"), cluster), ms.asLong());
    }

    private static FaultKind kind(JsonNode name) throws LocalClusterException {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> kind.label().equals(name.asText()))
                .findFirst()
                .orElseThrow(() -> LocalClusterException.usage("there is no fault " + name));
    }

    private static Optional<NodeFolder> node(JsonNode name, ClusterFolder cluster) throws LocalClusterException {
        return name.isMissingNode() || name.isNull() ? Optional.empty() : Optional.of(cluster.choose(name.asText()));
    }

    /** As {@code cut n1 n2} or {@code slow n3 50 ms}. */
    String text() {
        String nodes = node.map(each -> " " + each.id()).orElse(" all")
                + peer.map(each -> " " + each.id()).orElse("");
        return kind.label() + nodes + (kind.hasMs() ? " " + ms + " ms" : "");
    }

    /** Returns when the fault is in effect. */
    public void carryOut(ClusterFolder cluster, Launcher launcher, Reporter reporter, long waitMs)
            throws IOException, LocalClusterException {
        if (kind.needsSwitch() && !cluster.allowsFaults() && kind != FaultKind.HEAL) {
            throw LocalClusterException.failed(
                    "the cluster in " + cluster.home() + " was not started for faults such as " + kind.label()
                            + ": 'stop', then 'start --faults'. Nothing was changed");
        }
        Signals signals = new Signals(reporter);
        StartNodes starting = new StartNodes(cluster, launcher, reporter, waitMs);
        FaultFiles files = new FaultFiles(cluster);
        List<NodeFolder> those = node.map(List::of).orElseGet(cluster::nodes);
        switch (kind) {
            case KILL -> signals.kill(those);
            case PAUSE -> signals.pause(those);
            case RESUME -> signals.resume(those);
            case START -> starting.run(those);
            case RESTART -> {
                signals.stop(those, waitMs);
                starting.run(those);
            }
            case CUT -> files.cut(those.get(0), peer.orElseThrow());
            case SLOW -> files.slow(those.get(0), (int) ms);
            case SLOW_DISK -> files.slowDisk(those.get(0), (int) ms);
            case SKEW -> files.skew(those.get(0), ms);
            case HEAL -> {
                signals.resume(those);
                if (node.isPresent()) {
                    files.heal(node.get());
                } else {
                    files.healAll();
                }
            }
        }
    }
}
