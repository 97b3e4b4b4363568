package io.quorate.deploy.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Types the commands of a page of the documentation as a reader does, in a folder and on ports of its own. */
public final class GuideShell {
    private final Path guide;
    private final Path folder;
    private final int httpPortBase = FreePorts.takeRow(3);
    private final int peerPortBase = FreePorts.takeRow(3);
    private final Map<String, String> environment = Map.of(
            "QUORATE_HTTP_PORT_BASE", Integer.toString(httpPortBase),
            "QUORATE_PEER_PORT_BASE", Integer.toString(peerPortBase));

    /**
     * @param guide the page, relative to the module
     * @param folder in which the commands run
     */
    public GuideShell(String guide, Path folder) {
        this.guide = Path.of(guide).toAbsolutePath();
        this.folder = folder;
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
        return ShellRun.of(environment, "cd '" + folder + "' && quorate() { \"$Q\" \"$@\"; } && " + line);
    }

    /** Runs the commands of a block one after the other, until one fails. */
    public ShellRun runBlock(String line) throws IOException {
        return run(String.join(" && ", block(line)));
    }

    public void wipe() {
        run("quorate cluster wipe --yes");
    }

    /** The first indented block of the page with this line. */
    private List<String> block(String line) throws IOException {
        List<String> lines = Files.readAllLines(guide);
        int at = lines.indexOf("    " + line);
        assertTrue(at >= 0, () -> guide + " has no line '" + line + "'");
        Predicate<Integer> isCode =
                i -> i >= 0 && i < lines.size() && lines.get(i).startsWith("    ");
        int first = at;
        while (isCode.test(first - 1)) {
            first--;
        }
        int last = at;
        while (isCode.test(last + 1)) {
            last++;
        }
        return lines.subList(first, last + 1).stream().map(String::strip).toList();
    }
}
