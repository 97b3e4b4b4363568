package io.quorate.deploy.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.quorate.node.lsm.disk.NativeCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
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

    private final Path spare;

    /** @param spare a node's data directory, if the user named one, or else any directory */
    MachineCheck(Path spare) {
        this.spare = spare;
    }

    List<Diagnosis> run() {
        List<Diagnosis> findings = new ArrayList<>();
        findings.add(java(Runtime.version()));
        findings.add(nativeCode(spare));
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

    /** @param spare where a node unpacks the code if the temporary directory does not allow it */
    static Diagnosis nativeCode(Path spare) {
        try {
            NativeCode.load(spare);
        } catch (IOException e) {
            return Diagnosis.problem("native code", e.getMessage(), "a node does not start before that");
        }
        return NativeCode.isLz4Native()
                ? Diagnosis.ok("native code", "LZ4 and Zstandard work")
                : Diagnosis.warning(
                        "native code",
                        "LZ4 runs as slower Java code, since its native code cannot be loaded from "
                                + System.getProperty("java.io.tmpdir"),
                        "mount that without noexec, or set QUORATE_JAVA_OPTS=-Djava.io.tmpdir=DIR");
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
