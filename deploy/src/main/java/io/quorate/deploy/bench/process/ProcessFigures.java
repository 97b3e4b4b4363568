package io.quorate.deploy.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of processes. */
public final class ProcessFigures {
    /** Of {@code utime} behind the name's closing bracket, in {@code /proc/PID/stat}. {@code stime} follows. */
    private static final int USER_TICKS = 11;

    /** {@code USER_HZ}, which is 100 on all common machines. */
    private static final int MS_OF_A_TICK = 10;

    private ProcessFigures() {}

    /** The processor time that they have used. One that has ended has used none. */
    public static long cpuMs(List<Long> pids) {
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
    public static long residentMib(List<Long> pids) {
        return pids.stream().mapToLong(ProcessFigures::residentMib).max().orElse(0);
    }

    private static long residentMib(long pid) {
        return number(pid, "status", "VmRSS:") / 1_024;
    }

    /** The number in the line that begins so, in a file of the process. 0 if it has just ended. */
    private static long number(long pid, String file, String line) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), file))) {
            return lines.filter(text -> text.startsWith(line))
                    .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
