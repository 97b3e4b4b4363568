package io.quorate.benchmark.store;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The resources that this process has used up to a moment. Both engines live in it, native threads and all. */
record Usage(long cpuNs, long writtenBytes) {
    private static final Path PROCESS = Path.of("/proc/self");

    static Usage now() {
        long cpuNs = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        return new Usage(cpuNs, figure("io", "wchar:"));
    }

    /** How much of this process is in memory now, or -1 if the system does not report it. */
    static long residentBytesNow() {
        long kib = figure("status", "VmRSS:");
        return kib < 0 ? -1 : kib << 10;
    }

    private static long figure(String file, String name) {
        Path path = PROCESS.resolve(file);
        if (!Files.isReadable(path)) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
