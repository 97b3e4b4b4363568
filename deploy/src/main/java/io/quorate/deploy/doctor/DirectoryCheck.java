package io.quorate.deploy.doctor;

import io.quorate.common.time.Clock;
import io.quorate.deploy.client.FailureText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The file system of a data directory: its kind, its free space, and how long it takes to force bytes to the disk. */
final class DirectoryCheck {
    private static final Set<String> FORGETS = Set.of("tmpfs", "ramfs", "devtmpfs");
    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "fuse");

    private static final long ROOM_MIB_LEAST = 256;
    private static final long ROOM_MIB_GOOD = 4_096;

    private static final int FORCES = 50;
    private static final int FORCED_BYTES = 4_096;
    private static final double FORCE_MS_GOOD = 10;
    private static final double FORCE_MS_MOST = 100;

    private final Path directory;
    private final Clock clock;

    DirectoryCheck(Path directory, Clock clock) {
        this.directory = directory.toAbsolutePath().normalize();
        this.clock = clock;
    }

    List<Diagnosis> run() {
        Path there = directory;
        while (!Files.isDirectory(there)) {
            if (Files.exists(there) || there.getParent() == null) {
                return List.of(Diagnosis.problem("directory", there + " is no directory", "name a directory"));
            }
            there = there.getParent();
        }
        try {
            FileStore store = Files.getFileStore(there);
            List<Diagnosis> findings = new ArrayList<>();
            findings.add(kind(there, store.type()));
            findings.add(room(there, store.getUsableSpace() >> 20, store.getTotalSpace() >> 20));
            findings.add(forces(there));
            return findings;
        } catch (IOException e) {
            return List.of(Diagnosis.problem("directory", there + ": " + FailureText.of(e), "see that it can be read"));
        }
    }

    static Diagnosis kind(Path there, String type) {
        String detail = there + " is on " + type;
        if (FORGETS.contains(type)) {
            return Diagnosis.problem(
                    "file system",
                    detail + ", which is memory: a restart of the machine loses what was acknowledged",
                    "put the data directory on a disk");
        }
        if (REMOTE.contains(type) || type.startsWith("fuse.")) {
            return Diagnosis.warning(
                    "file system",
                    detail + ": whether a force reaches a disk depends on another machine",
                    "prefer a local disk with ext4 or xfs");
        }
        return Diagnosis.ok("file system", detail);
    }

    static Diagnosis room(Path there, long usableMib, long totalMib) {
        String detail = there + " has " + usableMib + " of " + totalMib + " MiB free";
        if (usableMib < ROOM_MIB_LEAST) {
            return Diagnosis.problem("disk space", detail, "free disk space: a node without any refuses writes");
        }
        return usableMib < ROOM_MIB_GOOD
                ? Diagnosis.warning("disk space", detail, "merges need space for a while; keep some GiB free")
                : Diagnosis.ok("disk space", detail);
    }

    private Diagnosis forces(Path there) {
        double[] ms = new double[FORCES];
        try {
            Path file = Files.createTempFile(there, "quorate-doctor", ".tmp");
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
                for (int i = 0; i < FORCES; i++) {
                    ms[i] = force(channel);
                }
            }
        } catch (IOException e) {
            return Diagnosis.problem(
                    "forced writes",
                    "cannot write to " + there + ": " + FailureText.of(e),
                    "let this user write there");
        }
        Arrays.sort(ms);
        return forces(ms[FORCES / 2], ms[FORCES - 1]);
    }

    private double force(FileChannel channel) throws IOException {
        long startNs = clock.monotonicNs();
        channel.write(ByteBuffer.allocate(FORCED_BYTES));
        channel.force(false);
        return (clock.monotonicNs() - startNs) / 1e6;
    }

    /** A write is acknowledged after one force on a majority, so this is the least latency of a write. */
    static Diagnosis forces(double medianMs, double longestMs) {
        String detail = String.format(
                Locale.ROOT, "4 KiB and fdatasync take %.2f ms, at most %.2f ms of %d", medianMs, longestMs, FORCES);
        if (medianMs > FORCE_MS_MOST) {
            return Diagnosis.problem("forced writes", detail, "every write waits for this; use a faster disk");
        }
        return medianMs > FORCE_MS_GOOD
                ? Diagnosis.warning("forced writes", detail, "every write waits for this; prefer an SSD")
                : Diagnosis.ok("forced writes", detail);
    }
}
