package io.quorate.node.replica;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Figures of the operating system about this process. */
public final class ProcessGauges {
    private static final Path STATM = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4096;

    private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    long pid() {
        return runtime.getPid();
    }

    long uptimeMs() {
        return runtime.getUptime();
    }

    long cpuMs() {
        return TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime());
    }

    /** Resident memory, from Linux. 0 on another system. */
    long residentBytes() {
        try {
            return Long.parseLong(Files.readString(STATM).split(" ")[1]) * PAGE_BYTES;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
