package io.quorate.deploy.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Whether this machine has what a node needs: Java, memory, and enough open files. */
final class MachineCheck {
    private static final int JAVA_LEAST = 17;

    /** Each connection and each open table needs one. */
    private static final long OPEN_FILES_LEAST = 1_024;

    private static final long OPEN_FILES_GOOD = 16_384;

    /** Heap and buffers as bin/quorate sets them, and the memory that the JVM needs besides. */
    private static final long NODE_MIB = 256 + 448 + 200;

    List<Diagnosis> run() {
        List<Diagnosis> findings = new ArrayList<>();
        findings.add(java(Runtime.version()));
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        findings.add(memory(system.getTotalMemorySize() >> 20, system.getFreeMemorySize() >> 20));
        if (system instanceof UnixOperatingSystemMXBean unix) {
            findings.add(openFiles(unix.getMaxFileDescriptorCount()));
        }
        return findings;
    }

    static Diagnosis java(Runtime.Version version) {
        String detail = "Java " + version + " of " + System.getProperty("java.vendor");
        return version.feature() >= JAVA_LEAST
                ? Diagnosis.ok("java", detail)
                : Diagnosis.problem("java", detail, "set JAVA_HOME to a JDK " + JAVA_LEAST + " or newer");
    }

    /** Both as the JVM sees them: in a container, the container's. */
    static Diagnosis memory(long totalMib, long freeMib) {
        String detail =
                totalMib + " MiB, of which " + freeMib + " MiB are free; a node takes about " + NODE_MIB + " MiB";
        if (totalMib < NODE_MIB) {
            return Diagnosis.problem("memory", detail, "give the machine or the container at least 1 GiB");
        }
        return totalMib < 2 * NODE_MIB
                ? Diagnosis.warning("memory", detail, "leave as much again to the page cache: 2 GiB")
                : Diagnosis.ok("memory", detail);
    }

    static Diagnosis openFiles(long limit) {
        String detail = limit + " open files are allowed";
        if (limit < OPEN_FILES_LEAST) {
            return Diagnosis.problem(
                    "open files",
                    detail,
                    "raise the limit to " + OPEN_FILES_GOOD + " or more: ulimit -n, or LimitNOFILE of systemd");
        }
        return limit < OPEN_FILES_GOOD
                ? Diagnosis.warning(
                        "open files",
                        detail,
                        "enough for few clients; raise the limit to " + OPEN_FILES_GOOD + " or more")
                : Diagnosis.ok("open files", detail);
    }
}
