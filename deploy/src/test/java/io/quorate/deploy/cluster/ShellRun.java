package io.quorate.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A line of bash that ran to its end, with real pipes. The line calls the packaged launcher by {@code $Q}. It has none
 * of the variables by which whoever runs the tests names a cluster.
 *
 * @param out the bytes on standard output, as text
 * @param err the bytes on standard error, as text
 */
public record ShellRun(int exitCode, String out, String err) {
    private static final long SECONDS_MAX = 300;

    /** Runs a line of bash. Its streams go through files, as processes that it leaves behind would hold a pipe open. */
    public static ShellRun of(Map<String, String> environment, String line) {
        try {
            Path out = Files.createTempFile("quorate-shell", ".out");
            Path err = Files.createTempFile("quorate-shell", ".err");
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", line)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("QUORATE_"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("QUORATE_JAVA_OPTS", ServerProcess.JAVA_OPTIONS);
            builder.environment().put("Q", Distribution.launcher().toString());
            builder.environment().putAll(environment);
            Process process = builder.start();
            awaitEnd(process, line);
            ShellRun run = new ShellRun(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEnd(Process process, String line) throws InterruptedException {
        boolean ended = false;
        try {
            ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
        } finally {
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        if (!ended) {
            throw new AssertionError(line + " did not end within " + SECONDS_MAX + " s");
        }
    }
}
