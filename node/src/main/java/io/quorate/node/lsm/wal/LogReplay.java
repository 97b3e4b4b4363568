package io.quorate.node.lsm.wal;

import io.quorate.common.codec.MalformedException;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads all writes in the log, in the order in which they were made. */
public final class LogReplay {
    private final Disk disk;
    private final long floor;
    private final long lastStarted;
    private final ReplayTarget target;
    private long previousEnd;

    /**
     * @param floor the first segment that is needed
     * @param lastStarted the last segment that was started, by the manifest
     */
    public LogReplay(Disk disk, long floor, long lastStarted, ReplayTarget target) {
        this.disk = disk;
        this.floor = floor;
        this.lastStarted = lastStarted;
        this.target = target;
    }

    /** @throws CorruptException if a started segment is missing, or ends earlier than its successor says */
    public void run() throws IOException {
        Set<String> names = new HashSet<>(disk.list());
        boolean more = true;
        for (long number = floor; more; number++) {
            String name = FileName.log(number).toString();
            boolean present = names.contains(name);
            if (!present && number <= lastStarted) {
                throw new CorruptException(disk.pathOf(name), 0, "the file is missing; the manifest says it is needed");
            }
            more = present && replay(name, number);
        }
    }

    /** False if the segment was made but never started. Then no segment can follow. */
    private boolean replay(String name, long number) throws IOException {
        try (DiskFile file = disk.open(name)) {
            String path = disk.pathOf(name);
            boolean started = number <= lastStarted;
            Optional<FrameScanner> begun = started
                    ? Optional.of(FrameScanner.open(file, path, FileKind.LOG, number))
                    : FrameScanner.ifBegun(file, path, FileKind.LOG, number);
            if (begun.isEmpty()) {
                return false;
            }
            FrameScanner scanner = begun.get();
            if (started) {
                requireStart(scanner, number);
            } else if (!isStarted(scanner, number)) {
                return false;
            }
            while (scanner.advance()) {
                WritesFormat.read(scanner.payload(FrameType.WRITES), target);
            }
            previousEnd = scanner.end();
            return true;
        } catch (MalformedException e) {
            throw new CorruptException(disk.pathOf(name), 0, "a frame holds what it must not: " + e.getMessage());
        }
    }

    /**
     * Whether a segment that is not in the manifest continues the one before it. Every segment is in the manifest
     * before it takes writes. So this one has writes only if the last edit of the manifest is lost, and then it
     * continues. Otherwise the log, or a start, crashed while it made the segment.
     */
    private boolean isStarted(FrameScanner scanner, long number) throws IOException {
        return scanner.advance()
                && SegmentStart.read(scanner.payload(FrameType.SEGMENT_START))
                        .equals(new SegmentStart(number - 1, previousEnd));
    }

    private void requireStart(FrameScanner scanner, long number) throws IOException {
        if (!scanner.advance()) {
            throw scanner.corrupt("the frame that starts the segment is not valid");
        }
        SegmentStart start = SegmentStart.read(scanner.payload(FrameType.SEGMENT_START));
        if (number == floor) {
            return;
        }
        if (start.previous() != number - 1) {
            throw scanner.corrupt("segment " + number + " says that it follows " + start.previous());
        }
        if (start.previousEnd() != previousEnd) {
            throw new CorruptException(
                    disk.pathOf(FileName.log(number - 1).toString()),
                    previousEnd,
                    "its frames end here, its successor says at " + start.previousEnd());
        }
    }
}
