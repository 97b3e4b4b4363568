package io.quorate.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One node: its folder, which stays, and its process, which comes and goes. */
public final class LocalNode {
    public static final String HOST = "127.0.0.1";

    private static final int LOG_LINES_SHOWN = 40;

    private final String id;
    private final int httpPort;
    private final int peerPort;
    private final Path folder;
    private final String host;
    private final List<String> prefix;
    private Map<String, String> environment = Map.of();
    private Path distribution = Distribution.folder();
    private ServerProcess process;

    LocalNode(String id, int httpPort, int peerPort, Path folder) {
        this(id, HOST, httpPort, peerPort, folder, List.of());
    }

    /** @param prefix of the command that starts it, to run it where that host is */
    LocalNode(String id, String host, int httpPort, int peerPort, Path folder, List<String> prefix) {
        this.id = id;
        this.host = host;
        this.prefix = prefix;
        this.httpPort = httpPort;
        this.peerPort = peerPort;
        this.folder = folder;
    }

    public String id() {
        return id;
    }

    public String host() {
        return host;
    }

    public int httpPort() {
        return httpPort;
    }

    public int peerPort() {
        return peerPort;
    }

    public Path folder() {
        return folder;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    void configure(List<LocalNode> members, String furtherOptions) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("clusterId: test\nnodeId: ").append(id).append("\ndataDirectory: data\nballastBytes: 1048576\n");
        yaml.append("httpPort: ").append(httpPort).append("\npeerPort: ").append(peerPort);
        if (!host.equals(HOST)) {
            yaml.append("\ninsecureNetwork: i-understand\nhttpHost: ")
                    .append(host)
                    .append("\npeerHost: ")
                    .append(host);
        }
        yaml.append("\nmembers:\n");
        members.forEach(member -> yaml.append(member.memberLine()));
        write(yaml + furtherOptions);
    }

    String memberLine() {
        return "  - " + member() + "\n";
    }

    /** Its entry in a list of members. */
    public String member() {
        return "{id: " + id + ", host: " + host + ", port: " + peerPort + ", httpPort: " + httpPort + "}";
    }

    /** Starts the process, and returns at once. */
    public void start() {
        Path configuration = folder.resolve("node.yaml");
        boolean first = !Files.exists(folder.resolve("data"));
        process = first
                ? start("node", "--config", configuration.toString(), "--init")
                : start("node", "--config", configuration.toString());
    }

    /** Puts its data directory aside, beside the old place. The next start makes an empty one. It must not run. */
    public void moveDataTo(String name) throws IOException {
        Files.move(folder.resolve("data"), folder.resolve(name));
    }

    /** Brings a data directory back that was put aside. It must not run. */
    public void moveDataFrom(String name) throws IOException {
        Files.move(folder.resolve(name), folder.resolve("data"));
    }

    private ServerProcess start(String... arguments) {
        return ServerProcess.start(distribution, logFile(), prefix, environment, arguments);
    }

    /** From its next start on. */
    public void setClock(WrongClock clock) {
        environment = clock.environment(folder);
    }

    /** The unpacked distribution that it runs, from its next start on. */
    public void setDistribution(Path folder) {
        distribution = folder;
    }

    /** Variables that override options of its file, from its next start on. */
    public void setVariables(Map<String, String> variables) {
        environment = Map.copyOf(variables);
    }

    /** Starts the process as {@link #start} does, with an empty store instead of a damaged one. */
    public void startWiped() {
        process = start("node", "--config", folder.resolve("node.yaml").toString(), "--wipe");
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** Sends SIGTERM, and returns at once. */
    public void terminate() {
        process.terminate();
    }

    /** Waits for the end of the process and returns its exit code. */
    public int awaitEnd(Duration longest) {
        return process.awaitEnd(longest);
    }

    /** SIGSTOP. */
    public void pause() {
        process.pause();
    }

    /** SIGCONT. */
    public void resume() {
        process.resume();
    }

    public String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endOfLog() {
        List<String> lines = log().lines().toList();
        return "--- " + id + ", " + (process == null ? "never started" : process.describe()) + ", its log ends with:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size())) + "\n";
    }

    void destroy() {
        if (isAlive()) {
            process.kill();
        }
    }

    private Path logFile() {
        return folder.resolve("node.log");
    }

    private void write(String yaml) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("node.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
