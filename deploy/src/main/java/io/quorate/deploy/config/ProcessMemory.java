package io.quorate.deploy.config;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory of a process, as {@code bin/quorate} divides it.
 *
 * @param heapBytes the most that the heap may take
 * @param directBytes the most that buffers outside the heap may take
 */
public record ProcessMemory(long heapBytes, long directBytes) {
    /** Enough for any node. */
    static final ProcessMemory ENDLESS = new ProcessMemory(Long.MAX_VALUE, Long.MAX_VALUE);

    public static ProcessMemory ofThisProcess() {
        long heapBytes = Runtime.getRuntime().maxMemory();
        long given = Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxDirectMemorySize")
                .getValue());
        // Without the option, the JVM takes the size of the heap.
        return new ProcessMemory(heapBytes, given == 0 ? heapBytes : given);
    }
}
