package io.quorate.deploy.local.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process, identified by its id and its start, since the system uses ids again.
 *
 * @param startTicks clock ticks from the machine's start to the process's, as in {@code /proc/PID/stat}
 */
public record NodeProcess(long pid, String startTicks) {
    private static final int STATE = 0;
    private static final int START_TICKS = 19;

    /** The process with this id. One that has ended meanwhile never shows as running again. */
    public static NodeProcess of(long pid) {
        return new NodeProcess(pid, stat(pid).map(stat -> stat[START_TICKS]).orElse("ended"));
    }

    /** The process that {@link #line} wrote, or empty if it is no such line. */
    static Optional<NodeProcess> parse(String line) {
        String[] fields = line.strip().split(" ");
        return fields.length == 2 && fields[0].matches("[1-9]\\d{0,17}")
                ? Optional.of(new NodeProcess(Long.parseLong(fields[0]), fields[1]))
                : Optional.empty();
    }

    String line() {
        return pid + " " + startTicks + "\n";
    }

    boolean isRunning() {
        return alive().isPresent();
    }

    boolean isPaused() {
        return alive().filter(stat -> stat[STATE].equalsIgnoreCase("T")).isPresent();
    }

    /** Does nothing if the process has ended. */
    void signal(String name) throws IOException {
        if (!isRunning()) {
            return;
        }
        // The shell has a kill of its own on systems that lack the program.
        Process kill =
                new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\" 2>/dev/null", "kill", name, "" + pid).start();
        Waiting.forEnd(kill);
        if (kill.exitValue() != 0 && isRunning()) {
            throw new IOException("kill -s " + name + " " + pid + " ended with " + kill.exitValue());
        }
    }

    private Optional<String[]> alive() {
        return stat(pid)
                .filter(stat -> stat[START_TICKS].equals(startTicks) && !(stat[STATE].equals("Z") && isAlone()));
    }

    /**
     * The first thread of a process counts as a zombie while other threads still end. The ports and files of the
     * process are in use until the last one has ended.
     */
    private boolean isAlone() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.count() <= 1;
        } catch (IOException | UncheckedIOException e) {
            return true; // it has ended meanwhile
        }
    }

    /** The fields behind the program's name, which is in parentheses and may have any characters. */
    private static Optional<String[]> stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            return Optional.empty(); // there is no such process any more
        }
    }
}
