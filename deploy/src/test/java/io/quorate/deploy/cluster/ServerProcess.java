package io.quorate.deploy.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One process of the distribution, its output in a file. Those still alive when the tests' own process ends are killed.
 */
final class ServerProcess {
    /** Servers of tests live for seconds: what the second compiler would do to them costs more than it gives. */
    static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1";

    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly)));
    }

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** @param prefix a command that becomes the one that follows it, in the same process */
    static ServerProcess start(
            Path distribution, Path log, List<String> prefix, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Distribution.launcher(distribution).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("QUORATE_JAVA_OPTS", JAVA_OPTIONS);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            ALIVE.add(process);
            process.onExit().thenAccept(ALIVE::remove);
            return new ServerProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** "alive", or how it ended: above 128 by a signal. */
    String describe() {
        return process.isAlive() ? "pid " + pid() + ", alive" : "pid " + pid() + ", ended with " + process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** Sends SIGTERM, and returns at once. */
    void terminate() {
        process.destroy();
    }

    int awaitEnd(Duration longest) {
        await().atMost(longest).pollInterval(Duration.ofMillis(10)).until(() -> !process.isAlive());
        return process.exitValue();
    }

    void pause() {
        signal("STOP");
        await().pollInterval(Duration.ofMillis(5)).until(() -> state() == 'T');
    }

    void resume() {
        signal("CONT");
        await().pollInterval(Duration.ofMillis(5)).until(() -> state() != 'T');
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid() + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private char state() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }
}
