package io.quorate.node.lsm.space;

import io.quorate.common.statistics.FileFigures;
import io.quorate.common.time.Clock;
import io.quorate.node.lsm.disk.Ballast;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the files of a data directory take. It looks at each file's length, which takes some milliseconds for thousands
 * of files, and at most once in two seconds. Safe for use by several threads.
 */
public final class DirectoryUsage {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryUsage.class);
    private static final long AGE_NS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final Disk disk;
    private final Clock clock;

    // Under the lock.
    private Optional<FileFigures> last = Optional.empty();
    private long measuredNs;
    private boolean isWarned;

    public DirectoryUsage(Disk disk, Clock clock) {
        this.disk = disk;
        this.clock = clock;
    }

    /** Empty if the directory cannot be read now, such as without a free file descriptor. */
    public synchronized Optional<FileFigures> current() {
        if (last.isEmpty() || clock.monotonicNs() - measuredNs >= AGE_NS_MAX) {
            measure();
        }
        return last;
    }

    private void measure() {
        measuredNs = clock.monotonicNs();
        try {
            last = Optional.of(figures());
            isWarned = false;
        } catch (IOException e) {
            last = Optional.empty();
            if (!isWarned) {
                LOG.warn("cannot tell what the files in {} take: {}", disk.pathOf(""), e.toString());
            }
            isWarned = true;
        }
    }

    private FileFigures figures() throws IOException {
        long tables = 0;
        long log = 0;
        long ballast = 0;
        long other = 0;
        for (String name : disk.list()) {
            long bytes = disk.bytesOf(name);
            Optional<FileKind> kind = FileName.parse(name).map(FileName::kind);
            if (Ballast.isName(name)) {
                ballast += bytes;
            } else if (kind.equals(Optional.of(FileKind.TABLE))) {
                tables += bytes;
            } else if (kind.equals(Optional.of(FileKind.LOG))) {
                log += bytes;
            } else {
                other += bytes;
            }
        }
        return new FileFigures(tables, log, ballast, other);
    }
}
