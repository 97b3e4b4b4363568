package io.quorate.deploy.bench.scenario;

import com.sun.management.OperatingSystemMXBean;
import io.quorate.common.time.SystemClock;
import java.lang.management.ManagementFactory;

/** The processor time of this process, which shares the machine with the cluster that it measures. */
final class GeneratorCpu {
    private GeneratorCpu() {}

    static long usedNs() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** How many cores it used on average since then. */
    static double coresSince(long usedNsThen, long thenNs) {
        return (double) (usedNs() - usedNsThen) / (SystemClock.INSTANCE.monotonicNs() - thenNs);
    }
}
