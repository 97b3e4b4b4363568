package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The log segments that are being written. The log thread owns it. Only {@link #retire} is for any thread.
 *
 * <p>A segment that is no longer needed is renamed and written again from its front, since its blocks are allocated
 * already. Its old frames have their old salt, so they are not read as new ones.
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

    /** Makes segment {@code number}, durably and ready for writes. */
    public static Log start(Disk disk, long number, int zeroAheadBytes) throws IOException {
        Log log = new Log(disk, zeroAheadBytes);
        log.active = log.begin(disk.create(FileName.log(number).toString()), number, SegmentStart.FIRST);
        return log;
    }

    /** The number of the segment that takes the writes. */
    public long activeNumber() {
        return active.number();
    }

    /** The length of that segment, with the collected writes. */
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

    /**
     * Makes all collected writes durable, as one frame. After a failure the log must not be used.
     *
     * @throws DiskFullException the log never replays any of them, and may be used
     */
    public void force() throws IOException {
        active.endFrame();
        writes = null;
        active.force();
    }

    /** Soon writes into the log that everything so far was durable. Then rot at its end is not taken for a torn end. */
    public void vouch() throws IOException {
        active.vouch();
    }

    /** Announces, durably, that a segment is about to take writes. */
    public interface Announcement {
        void started(long number) throws IOException;
    }

    /**
     * Goes on in the next segment, once it and its announcement are durable. No writes may be collected now.
     *
     * @return its number
     * @throws ShortageException the log goes on in its present segment
     */
    public long rotate(Announcement announcement) throws IOException {
        SegmentStart start = new SegmentStart(active.number(), active.end());
        long number = active.number() + 1;
        String name = FileName.log(number).toString();
        FrameAppender next = begin(spareOrNew(name), number, start);
        try {
            announcement.started(number);
        } catch (ShortageException e) {
            next.close();
            disk.delete(name);
            throw e;
        }
        active.close();
        active = next;
        return number;
    }

    private DiskFile spareOrNew(String name) throws IOException {
        Long spare = spares.peek();
        if (spare == null) {
            return disk.create(name);
        }
        return renamed(FileName.log(spare).toString(), name);
    }

    /** Opens the spare segment before it gets its new name. So a shortage of file descriptors changes nothing. */
    private DiskFile renamed(String spare, String name) throws IOException {
        DiskFile file = disk.open(spare);
        try {
            disk.rename(spare, name);
        } catch (ShortageException e) {
            file.close();
            throw e;
        }
        spares.remove();
        return file;
    }

    /** A segment that a shortage keeps from beginning is deleted. */
    private FrameAppender begin(DiskFile file, long number, SegmentStart start) throws IOException {
        try {
            FrameAppender appender = FrameAppender.begin(file, FileKind.LOG, number, disk.newSalt(), zeroAheadBytes);
            start.write(appender.beginFrame(FrameType.SEGMENT_START));
            appender.endFrame();
            appender.force();
            disk.forceDirectory();
            return appender;
        } catch (ShortageException e) {
            file.close();
            disk.delete(FileName.log(number).toString());
            throw e;
        }
    }

    /** Gives back a segment that, durably, the manifest no longer needs. From any thread. */
    public void retire(long number) throws IOException {
        if (spares.size() < SPARES_MAX) {
            spares.add(number);
        } else {
            disk.delete(FileName.log(number).toString());
        }
    }

    /** Closes the log of a start that failed. */
    public void abandon() throws IOException {
        active.close();
    }

    /** Ends the log with a durable voucher, so that rot in its last group is not taken for a torn end. */
    @Override
    public void close() throws IOException {
        active.vouchAndForce();
        active.close();
    }
}
