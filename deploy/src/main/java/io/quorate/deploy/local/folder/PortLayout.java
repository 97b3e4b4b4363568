package io.quorate.deploy.local.folder;

import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How many nodes a local cluster has, and on which ports. It is decided once, since members cannot change afterwards.
 * The nodes are n1, n2 ...
 *
 * @param httpPortBase n1 answers HTTP on the port after this one
 * @param peerPortBase n1 listens for its peers on the port after this one
 */
public record PortLayout(int nodeCount, int httpPortBase, int peerPortBase) {
    public static final String HOST = "127.0.0.1";

    /** The layout of a cluster that is made without further options. */
    public static final PortLayout DEFAULT = new PortLayout(3, 7000, 7100);

    /** The file in a cluster's folder that holds the line. */
    public static final String FILE = "layout";

    /** The file in the folder of a secured cluster that holds its authority. */
    public static final String AUTHORITIES = "certs/ca.crt";

    /** The access file in the folder of a secured cluster. */
    public static final String ACCESS = "access.yaml";

    /** The file there that holds the token of its principal admin. */
    public static final String ADMIN_TOKEN = "admin.token";

    /** The certificate of the same principal, and its key. */
    public static final String ADMIN_CERTIFICATE = "certs/admin.crt";

    public static final String ADMIN_KEY = "certs/admin.key";

    public static final int PORT_BASE_MAX = 65_000;

    private static final Pattern LINE = Pattern.compile("([1-9]\\d{0,4}) ([1-9]\\d{0,4}) ([1-9]\\d{0,4})\\s*");

    /** The layout that {@link #line} wrote, or empty if the line has another form, or a number that is not allowed. */
    public static Optional<PortLayout> parse(String line) {
        Matcher numbers = LINE.matcher(line);
        return numbers.matches()
                ? Optional.of(new PortLayout(number(numbers, 1), number(numbers, 2), number(numbers, 3)))
                        .filter(PortLayout::isAllowed)
                : Optional.empty();
    }

    private static int number(Matcher numbers, int group) {
        return Integer.parseInt(numbers.group(group));
    }

    private boolean isAllowed() {
        return nodeCount <= Placement.MEMBERS_MAX && httpPortBase <= PORT_BASE_MAX && peerPortBase <= PORT_BASE_MAX;
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

    public int majority() {
        return nodeCount / 2 + 1;
    }

    private int numberOf(NodeId node) {
        return nodes().indexOf(node) + 1;
    }
}
