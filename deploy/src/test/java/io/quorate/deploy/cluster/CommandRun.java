package io.quorate.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that ran to its end: what it said, on either stream, and how it ended. */
public record CommandRun(int exitCode, String output) {
    private static final long SECONDS_MAX = 120;

    /** {@code bin/quorate} with these arguments. */
    public static CommandRun quorate(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Distribution.launcher().toString()));
        command.addAll(List.of(arguments));
        return of(Map.of(), command);
    }

    /** Its output goes through a file, as processes that it leaves behind would hold a pipe open. */
    public static CommandRun of(Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile("quorate-command", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("QUORATE_JAVA_OPTS", ServerProcess.JAVA_OPTIONS);
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (!ended) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + SECONDS_MAX + " s and said: " + said);
            }
            return new CommandRun(process.exitValue(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
