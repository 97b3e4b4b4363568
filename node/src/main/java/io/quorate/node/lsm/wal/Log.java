package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The segments that are being written. Everything is for the log thread, except {@link #retire}.
 *
 * <p>A segment that is no longer needed is renamed and written again from its front, since its blocks are allocated
 * already. Its old frames carry its old number, so they are not taken for new ones.
 */
public final class Log implements AutoCloseable {
    private static final int SPARES_MAX = 1;

    private final Disk disk;
    private final int zeroAheadBytes;
    private final ConcurrentLinkedQueue<Long> spares = new ConcurrentLinkedQueue<>();
    private FrameAppender active;
    private BytesWriter writes;

    private Log(Disk disk, int zeroAheadBytes) {
        this.disk = disk;
        this.zeroAheadBytes = zeroAheadBytes;
    }

    /** Makes segment {@code number}, durably, and has it ready for writes. */
    public static Log start(Disk disk, long number, int zeroAheadBytes) throws IOException {
        Log log = new Log(disk, zeroAheadBytes);
        log.active = log.begin(disk.create(FileName.log(number).toString()), number, SegmentStart.FIRST);
        return log;
    }

    /** The number of the segment that takes the writes. */
    public long activeNumber() {
        return active.number();
    }

    /** The length of that segment, what is collected included. */
    public long activeBytes() {
        return active.end();
    }

    /** Collects one write for the next force. */
    public void collect(Key key, Record record) {
        if (writes == null) {
            writes = active.beginFrame(FrameType.WRITES);
        }
        WritesFormat.write(writes, key, record);
    }

    /** Makes all that was collected durable, as one frame. After a failure the log must not be used. */
    public void force() throws IOException {
        active.endFrame();
        writes = null;
        active.force();
    }

    /**
     * Goes on in the next segment, which is durable but not yet in the manifest. Nothing may be collected now.
     *
     * @return its number
     */
    public long rotate() throws IOException {
        SegmentStart start = new SegmentStart(active.number(), active.end());
        long number = active.number() + 1;
        active.close();
        active = begin(spareOrNew(FileName.log(number).toString()), number, start);
        return number;
    }

    private DiskFile spareOrNew(String name) throws IOException {
        Long spare = spares.poll();
        if (spare == null) {
            return disk.create(name);
        }
        disk.rename(FileName.log(spare).toString(), name);
        return disk.open(name);
    }

    private FrameAppender begin(DiskFile file, long number, SegmentStart start) throws IOException {
        FrameAppender appender = FrameAppender.begin(file, FileKind.LOG, number, zeroAheadBytes);
        start.write(appender.beginFrame(FrameType.SEGMENT_START));
        appender.endFrame();
        appender.force();
        disk.forceDirectory();
        return appender;
    }

    /** Gives back a segment that the manifest no longer needs, durably so. From any thread. */
    public void retire(long number) throws IOException {
        if (spares.size() < SPARES_MAX) {
            spares.add(number);
        } else {
            disk.delete(FileName.log(number).toString());
        }
    }

    /**
     * Ends the log with a group of no writes. It says that all before it was durable, so that rot in the last group of
     * writes cannot pass for a torn end.
     */
    @Override
    public void close() throws IOException {
        active.beginFrame(FrameType.WRITES);
        force();
        active.close();
    }
}
