package io.quorate.node.lsm.wal;

import io.quorate.common.codec.MalformedException;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.wal.EndOfLog.NextSegment;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads all writes in the log, in the order in which they were made. {@link EndOfLog} says whether the next segment
 * goes on with the log.
 */
public final class LogReplay {
    private final Disk disk;
    private final long floor;
    private final long lastStarted;
    private final ReplayTarget target;

    // What is known of the segments so far.
    private EndOfLog verdict = EndOfLog.WHOLE;
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

    /** @throws CorruptException if a segment that was started is missing, or ends earlier than its successor says */
    public void run() throws IOException {
        Set<String> names = new HashSet<>(disk.list());
        long number = floor;
        while (names.contains(FileName.log(number).toString()) ? replay(number) : isMissing(number)) {
            number++;
        }
    }

    /** Does not return true: the log does not go on in a segment that is not there. */
    private boolean isMissing(long number) {
        return goesOn(
                NextSegment.MISSING,
                number,
                () -> new CorruptException(path(number), 0, "the file is missing; the manifest says it is needed"));
    }

    private String path(long number) {
        return disk.pathOf(FileName.log(number).toString());
    }

    /** False if the log ends before this segment. */
    private boolean replay(long number) throws IOException {
        try (DiskFile file = disk.open(FileName.log(number).toString())) {
            Optional<FrameScanner> begun = number <= lastStarted
                    ? Optional.of(FrameScanner.open(file, path(number), FileKind.LOG, number))
                    : FrameScanner.ifBegun(file, path(number), FileKind.LOG, number);
            if (begun.isEmpty() || !begun.get().advance()) {
                return goesOn(NextSegment.NOT_BEGUN, number, () -> begun.orElseThrow()
                        .corrupt("the frame that starts the segment is not valid"));
            }
            return isNext(begun.get(), number) && readWrites(begun.get());
        } catch (MalformedException e) {
            throw new CorruptException(path(number), 0, "a frame holds what it must not: " + e.getMessage());
        }
    }

    private boolean readWrites(FrameScanner scanner) throws IOException {
        while (scanner.advance()) {
            WritesFormat.read(scanner.payload(FrameType.WRITES), target);
        }
        verdict = scanner.verdict();
        previousEnd = scanner.end();
        return true;
    }

    private boolean isNext(FrameScanner scanner, long number) {
        SegmentStart start = SegmentStart.read(scanner.payload(FrameType.SEGMENT_START));
        if (number == floor && number <= lastStarted) {
            // The writes before it are in tables, and their log may be gone.
            return true;
        }
        NextSegment next = start.after(number - 1, previousEnd);
        return goesOn(
                next,
                number,
                () -> next == NextSegment.FOLLOWS_ANOTHER
                        ? scanner.corrupt("segment " + number + " says that it follows " + start.previous())
                        : new CorruptException(
                                path(number - 1),
                                previousEnd,
                                "its frames end here, its successor says at " + start.previousEnd()));
    }

    private boolean goesOn(NextSegment next, long number, Supplier<CorruptException> problem) {
        return switch (verdict.before(next, number <= lastStarted)) {
            case GOES_ON -> true;
            case WHOLE, TORN -> false;
            case LOST_WRITES, DAMAGED -> throw problem.get();
        };
    }
}
