package io.quorate.deploy.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of processes. */
final class ProcessFigures {
    /** Of {@code utime} behind the name's closing bracket, in {@code /proc/PID/stat}. {@code stime} follows. */
    private static final int USER_TICKS = 11;

    /** {@code USER_HZ}, which is 100 on all common machines. */
    private static final int MS_OF_A_TICK = 10;

    private ProcessFigures() {}

    /** The processor time that they have used. One that has ended has used none. */
    static long cpuMs(List<Long> pids) {
        return pids.stream().mapToLong(ProcessFigures::cpuMs).sum();
    }

    private static long cpuMs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) * MS_OF_A_TICK;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The largest resident memory of one of them, in MiB. */
    static long residentMib(List<Long> pids) {
        return pids.stream().mapToLong(ProcessFigures::residentMib).max().orElse(0);
    }

    private static long residentMib(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    static void signal(List<Long> pids, String name) throws IOException, InterruptedException {
        for (long pid : pids) {
            new ProcessBuilder("kill", "-s", name, Long.toString(pid)).start().waitFor();
        }
    }
}
