package io.quorate.deploy.config;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory of a process, as {@code bin/quorate} divides it.
 *
 * @param heapBytes the most that the heap may take, {@code -Xmx}. The runtime's own figure leaves out a survivor space
 * @param directBytes the most that buffers outside the heap may take
 */
public record ProcessMemory(long heapBytes, long directBytes) {
    /** Enough for any node. */
    static final ProcessMemory ENDLESS = new ProcessMemory(Long.MAX_VALUE, Long.MAX_VALUE);

    public static ProcessMemory ofThisProcess() {
        long given = option("MaxDirectMemorySize");
        // Without the option, the JVM takes what the runtime says of the heap.
        return new ProcessMemory(
                option("MaxHeapSize"), given == 0 ? Runtime.getRuntime().maxMemory() : given);
    }

    /** What filters of tables may take of the heap. */
    long filterBytesMax() {
        return heapBytes / 4;
    }

    /** What versions without their records may take of the heap. */
    long versionCacheBytes() {
        return heapBytes / 32;
    }

    private static long option(String name) {
        return Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption(name)
                .getValue());
    }
}
