package io.quorate.deploy.local.folder;

import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How many nodes on which ports: decided once, as members cannot change afterwards. Nodes are n1, n2 ...
 *
 * @param httpPortBase n1 answers HTTP on the port after this one
 * @param peerPortBase n1 listens for its peers on the port after this one
 */
public record PortLayout(int nodeCount, int httpPortBase, int peerPortBase) {
    public static final String HOST = "127.0.0.1";

    private static final String NODES = "QUORATE_NODES";
    private static final String HTTP_PORT_BASE = "QUORATE_HTTP_PORT_BASE";
    private static final String PEER_PORT_BASE = "QUORATE_PEER_PORT_BASE";
    private static final int PORT_BASE_MAX = 65_000;

    private static final Pattern LINE = Pattern.compile("([1-9]\\d{0,4}) ([1-9]\\d{0,4}) ([1-9]\\d{0,4})\\s*");

    /** As the environment says, and by default three nodes from 7001 and 7101 on. */
    static PortLayout wanted(Map<String, String> environment) throws LocalClusterException {
        return new PortLayout(
                number(environment, NODES, 3, Placement.MEMBERS_MAX),
                number(environment, HTTP_PORT_BASE, 7000, PORT_BASE_MAX),
                number(environment, PEER_PORT_BASE, 7100, PORT_BASE_MAX));
    }

    /** As it was made; refused if the environment wants something else. */
    static PortLayout made(String line, Map<String, String> environment, String where) throws LocalClusterException {
        Matcher numbers = LINE.matcher(line);
        if (!numbers.matches()) {
            throw LocalClusterException.failed(where + "/layout is damaged: '" + line.strip()
                    + "' is not the number of nodes and two ports; 'wipe' starts over, or write the line again");
        }
        requireSame(environment, NODES, numbers.group(1), where);
        requireSame(environment, HTTP_PORT_BASE, numbers.group(2), where);
        requireSame(environment, PEER_PORT_BASE, numbers.group(3), where);
        return wanted(
                Map.of(NODES, numbers.group(1), HTTP_PORT_BASE, numbers.group(2), PEER_PORT_BASE, numbers.group(3)));
    }

    private static void requireSame(Map<String, String> environment, String name, String made, String where)
            throws LocalClusterException {
        String now = environment.getOrDefault(name, "");
        if (!now.isEmpty() && !now.equals(made)) {
            throw LocalClusterException.failed(name + " is " + now + ", but the cluster in " + where + " was made with "
                    + made + "; unset it, or 'wipe' to start over");
        }
    }

    private static int number(Map<String, String> environment, String name, int initially, int most)
            throws LocalClusterException {
        String given = environment.getOrDefault(name, "");
        if (given.isEmpty()) {
            return initially;
        }
        int number = given.matches("[1-9]\\d{0,4}") ? Integer.parseInt(given) : 0;
        if (number < 1 || number > most) {
            throw LocalClusterException.usage(name + " is '" + given + "'; allowed: 1 to " + most);
        }
        return number;
    }

    String line() {
        return nodeCount + " " + httpPortBase + " " + peerPortBase + "\n";
    }

    public List<NodeId> nodes() {
        return IntStream.rangeClosed(1, nodeCount)
                .mapToObj(number -> new NodeId("n" + number))
                .toList();
    }

    public int httpPort(NodeId node) {
        return httpPortBase + numberOf(node);
    }

    public int peerPort(NodeId node) {
        return peerPortBase + numberOf(node);
    }

    public String http(NodeId node) {
        return "http://" + HOST + ":" + httpPort(node);
    }

    public int majority() {
        return nodeCount / 2 + 1;
    }

    private int numberOf(NodeId node) {
        return nodes().indexOf(node) + 1;
    }
}
