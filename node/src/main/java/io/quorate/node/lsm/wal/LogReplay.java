package io.quorate.node.lsm.wal;

import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;
import java.util.Set;

/** Walks all writes in the log in the order in which they were made. */
public final class LogReplay {
    private final Disk disk;
    private final long floor;
    private final long lastStarted;
    private final Target target;
    private long previousEnd;

    /**
     * @param floor the first segment that is needed
     * @param lastStarted the last one that the manifest knows to have been started
     */
    public LogReplay(Disk disk, long floor, long lastStarted, Target target) {
        this.disk = disk;
        this.floor = floor;
        this.lastStarted = lastStarted;
        this.target = target;
    }

    /** Where the writes go. */
    public interface Target {
        void replay(Key key, Record record) throws IOException;
    }

    /** @throws CorruptException if a segment that was started is missing, or one ends before its successor says */
    public void run() throws IOException {
        Set<String> names = Set.copyOf(disk.list());
        long number = floor;
        while (number <= lastStarted || names.contains(FileName.log(number).toString())) {
            String name = FileName.log(number).toString();
            if (!names.contains(name)) {
                throw new CorruptException(disk.pathOf(name), 0, "the file is missing; the manifest says it is needed");
            }
            try (DiskFile file = disk.open(name)) {
                if (number > lastStarted && !FileHeader.matches(file, FileKind.LOG, number)) {
                    return;
                }
                replay(file, disk.pathOf(name), number);
            }
            number++;
        }
    }

    private void replay(DiskFile file, String path, long number) throws IOException {
        FileHeader.require(file, path, FileKind.LOG, number);
        FrameScanner scanner = new FrameScanner(file, path, number);
        try {
            boolean started = scanner.advance();
            if (started) {
                requireChain(scanner, number);
            } else if (number <= lastStarted) {
                throw new CorruptException(path, scanner.end(), "the frame that starts the segment is not valid");
            }
            while (scanner.advance()) {
                WritesFormat.read(scanner.payload(FrameType.WRITES), target);
            }
        } catch (MalformedException e) {
            throw scanner.corrupt(e.getMessage());
        }
        previousEnd = scanner.end();
    }

    private void requireChain(FrameScanner scanner, long number) {
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
