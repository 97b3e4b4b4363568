package io.quorate.node.lsm.space;

import io.quorate.common.statistics.FileFigures;
import io.quorate.common.time.Clock;
import io.quorate.node.lsm.disk.Ballast;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the files of a data directory take. To look at each file's length takes some milliseconds for thousands of
 * files, so it is done on a thread that may wait for the disk, at most once in two seconds, and nobody waits for it.
 * Safe for use by several threads.
 */
public final class DirectoryUsage {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryUsage.class);
    private static final long AGE_NS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final Disk disk;
    private final Clock clock;
    private final Executor readers;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Optional<FileFigures> last = Optional.empty();
    private volatile long dueNs;
    private volatile boolean isWarned;

    /** Looks for the first time at once. */
    public DirectoryUsage(Disk disk, Clock clock, Executor readers) {
        this.disk = disk;
        this.clock = clock;
        this.readers = readers;
        this.dueNs = clock.monotonicNs();
        current();
    }

    /** What was seen last. Empty before the first look, and if the directory could not be read. */
    public Optional<FileFigures> current() {
        if (clock.monotonicNs() - dueNs >= 0 && looking.compareAndSet(false, true)) {
            try {
                readers.execute(this::look);
            } catch (RejectedExecutionException e) {
                looking.set(false); // the next call tries again
            }
        }
        return last;
    }

    private void look() {
        dueNs = clock.monotonicNs() + AGE_NS_MAX;
        try {
            last = Optional.of(figures());
            isWarned = false;
        } catch (IOException | UncheckedIOException e) {
            last = Optional.empty();
            if (!isWarned) {
                LOG.warn("cannot tell what the files in {} take: {}", disk.pathOf(""), e.toString());
            }
            isWarned = true;
        } finally {
            looking.set(false);
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
