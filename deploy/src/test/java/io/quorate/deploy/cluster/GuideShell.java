package io.quorate.deploy.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Types the commands of a page of the documentation as a reader does, in a folder and on ports of its own. */
public final class GuideShell {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private final Path guide;
    private final Path folder;
    private final int nodes;
    private final int httpPortBase;
    private final int peerPortBase;

    /**
     * @param guide the page, relative to the module
     * @param folder in which the commands run
     */
    public GuideShell(String guide, Path folder) {
        this(guide, folder, 3);
    }

    /** @param nodes how many the page starts at most */
    public GuideShell(String guide, Path folder, int nodes) {
        this.guide = Path.of(guide).toAbsolutePath();
        this.folder = folder;
        this.nodes = nodes;
        httpPortBase = FreePorts.takeRow(nodes);
        peerPortBase = FreePorts.takeRow(nodes);
    }

    /** The port of the first node for clients. */
    public int firstHttpPort() {
        return httpPortBase + 1;
    }

    /** The port of the first node for other nodes. */
    public int firstPeerPort() {
        return peerPortBase + 1;
    }

    public ShellRun run(String line) {
        Map<String, String> environment = Map.of(
                "QUORATE_HTTP_PORT_BASE", Integer.toString(httpPortBase),
                "QUORATE_PEER_PORT_BASE", Integer.toString(peerPortBase));
        return ShellRun.of(environment, "cd '" + folder + "' && quorate() { \"$Q\" \"$@\"; } && " + line);
    }

    /**
     * Where the page has {@code scripts}. They keep the cluster in this shell's folder, and run what the build made.
     */
    public ShellRun runInRepository(String line) {
        return run("export QUORATE_HOME=$PWD/.quorate QUORATE_WAIT_SECONDS=60 QUORATE_DISTRIBUTION='"
                + Distribution.folder() + "' && cd '" + REPOSITORY + "' && " + line);
    }

    /** The line with the ports of this shell's nodes in place of 7001, 7002 and so on. */
    public String withItsPorts(String line) {
        String changed = line;
        for (int node = 1; node <= nodes; node++) {
            changed = changed.replaceAll("\\b(localhost|127\\.0\\.0\\.1):700" + node, "$1:" + (httpPortBase + node));
        }
        return changed;
    }

    /** Runs the commands of the snippet with this line one after the other, until one fails. */
    public ShellRun runBlock(String line) throws IOException {
        return run(String.join(" && ", block(line)));
    }

    public void wipe() {
        run("quorate cluster wipe --yes");
    }

    /** The lines of the page's snippet with this line. */
    public List<String> block(String line) throws IOException {
        return Snippet.of(guide).stream()
                .map(Snippet::lines)
                .filter(lines -> lines.contains(line))
                .findFirst()
                .orElseThrow(() -> new AssertionError(guide + " shows no line '" + line + "'"));
    }
}
