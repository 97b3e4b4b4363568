package io.quorate.deploy.cluster;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network namespace for each node, all on one bridge with the tests' own process, and rules that drop packets in one
 * direction. The kernel does the rest: connections hang, retransmit and time out as they do when a cable is pulled.
 *
 * <pre>
 *   n1: eth0 10.a.b.1 --+
 *   n2: eth0 10.a.b.2 --+-- bridge, in a namespace of its own --- 10.a.b.254: this process
 *   n3: eth0 10.a.b.3 --+
 * </pre>
 *
 * Its names have this process's id. The next run removes the remains of a run that crashed.
 */
public final class NodeNetwork implements AutoCloseable {
    private static final Path NAMESPACES = Path.of("/var/run/netns");
    private static final Pattern OURS = Pattern.compile("quorate-(\\d+)-\\d+-\\w+");
    private static final int SUBNETS_TRIED = 50;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int nodes;
    private final int number = COUNT.incrementAndGet();
    private final String name = "quorate-" + ProcessHandle.current().pid() + "-" + number;
    private final String subnet;
    private final Thread removal = new Thread(this::remove);

    private NodeNetwork(int nodes) {
        this.nodes = nodes;
        this.subnet = freeSubnet();
    }

    /** @throws UnavailableException if this machine or user does not allow it */
    static NodeNetwork create(int nodes) {
        removeLeftBehind();
        NodeNetwork network = new NodeNetwork(nodes);
        Runtime.getRuntime().addShutdownHook(network.removal);
        CommandRun run = shell(network.script());
        if (run.exitCode() != 0) {
            network.close();
            throw new UnavailableException(run.output().strip());
        }
        return network;
    }

    /** Why there is none on this machine. */
    static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(String said) {
            super("network namespaces need root and the commands ip and nft, here: " + said);
        }
    }

    String address(int node) {
        return subnet + "." + node;
    }

    /** The prefix of a command that runs it where this node is. */
    List<String> prefix(int node) {
        return List.of("ip", "netns", "exec", namespace("n" + node));
    }

    /** From now on, packets from one node to the other are lost. The other direction is as before. */
    public void cut(int from, int to) {
        drop(to, "ip saddr " + address(from));
    }

    /** Cuts a node off from all others, in both directions. Clients still reach it. */
    public void isolate(int node) {
        for (int other = 1; other <= nodes; other++) {
            if (other != node) {
                cut(node, other);
                cut(other, node);
            }
        }
    }

    /**
     * Loses so many of a hundred packets between the nodes. Skips the test where the kernel draws no random numbers.
     */
    public void lose(int percent) {
        for (int node = 1; node <= nodes; node++) {
            try {
                drop(node, "ip saddr != " + address(254) + " numgen random mod 100 < " + percent);
            } catch (IllegalStateException e) {
                skip("the loss of packets is not tried: " + e.getMessage());
            }
        }
    }

    public void heal() {
        for (int node = 1; node <= nodes; node++) {
            nft(node, "flush chain inet faults arriving");
        }
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(removal);
    }

    /** Ends the running test as one that was skipped, and says so where a person sees it. */
    static void skip(String why) {
        System.err.println("SKIPPED: " + why);
        abort("SKIPPED: " + why);
    }

    private void drop(int node, String packets) {
        nft(node, "add rule inet faults arriving " + packets + " drop");
    }

    private void nft(int node, String command) {
        String line = String.join(" ", prefix(node)) + " nft '" + command + "'";
        CommandRun run = shell(line);
        if (run.exitCode() != 0) {
            throw new IllegalStateException(line + ": " + run.output().strip());
        }
    }

    private String script() {
        StringBuilder script = new StringBuilder();
        String hub = namespace("hub");
        String own = "q" + ProcessHandle.current().pid() + "." + number;
        script.append("ip netns add ").append(hub);
        script.append("\nip -n ").append(hub).append(" link add bridge type bridge");
        script.append("\nip -n ").append(hub).append(" link set bridge up");
        script.append("\nip link add ")
                .append(own)
                .append(" type veth peer name root netns ")
                .append(hub);
        script.append("\nip -n ").append(hub).append(" link set root master bridge up");
        script.append("\nip address add ")
                .append(address(254))
                .append("/24 dev ")
                .append(own);
        script.append("\nip link set ").append(own).append(" up\n");
        for (int node = 1; node <= nodes; node++) {
            script.append(scriptOf(node, namespace("n" + node), hub));
        }
        return script.toString();
    }

    private String scriptOf(int node, String namespace, String hub) {
        return """
                ip netns add $namespace
                ip link add eth0 netns $namespace type veth peer name n$node netns $hub
                ip -n $hub link set n$node master bridge up
                ip -n $namespace address add $address/24 dev eth0
                ip -n $namespace link set eth0 up
                ip -n $namespace link set lo up
                ip netns exec $namespace nft add table inet faults
                ip netns exec $namespace nft add chain inet faults arriving '{ type filter hook input priority 0; }'
                """.replace("$namespace", namespace)
                .replace("$node", Integer.toString(node))
                .replace("$hub", hub)
                .replace("$address", address(node));
    }

    private String namespace(String part) {
        return name + "-" + part;
    }

    /** The ends in the namespaces go with them, and so do the ends outside. */
    private void remove() {
        shell("for namespace in $(ls " + NAMESPACES + " 2>/dev/null | grep '^" + name + "-')"
                + "; do ip netns delete $namespace; done");
    }

    private static void removeLeftBehind() {
        if (!Files.isDirectory(NAMESPACES)) {
            return;
        }
        try (DirectoryStream<Path> namespaces = Files.newDirectoryStream(NAMESPACES)) {
            for (Path namespace : namespaces) {
                Matcher ours = OURS.matcher(namespace.getFileName().toString());
                if (ours.matches()
                        && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty()) {
                    shell("ip netns delete " + namespace.getFileName());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One in which nothing of this machine has a route but the default one. */
    private String freeSubnet() {
        long start = ProcessHandle.current().pid() * 7 + number;
        for (long candidate = start; candidate < start + SUBNETS_TRIED; candidate++) {
            String free = "10." + (64 + candidate / 256 % 128) + "." + candidate % 256;
            CommandRun routes = shell("ip -4 route show match " + free + ".1");
            if (routes.exitCode() != 0) {
                throw new UnavailableException(routes.output().strip());
            }
            if (routes.output().lines().allMatch(route -> route.startsWith("default"))) {
                return free;
            }
        }
        throw new UnavailableException("no subnet of 10.0.0.0/8 is free");
    }

    private static CommandRun shell(String script) {
        try {
            Process process = new ProcessBuilder("sh", "-ec", script)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new CommandRun(process.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
