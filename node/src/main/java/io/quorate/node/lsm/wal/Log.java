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

/** The log segments that are being written. The log thread owns it. Only {@link #retire} is for maintenance. */
public final class Log implements AutoCloseable {
    private final Disk disk;
    private final SpareSegments spares;
    private final int zeroAheadBytes;

    // The log thread.
    private int aheadBytes;
    private FrameAppender active;
    private BytesWriter writes;

    // The maintenance thread.
    private long oldest;

    private Log(Disk disk, SpareSegments spares, int zeroAheadBytes, long oldest) {
        this.disk = disk;
        this.spares = spares;
        this.zeroAheadBytes = zeroAheadBytes;
        this.oldest = oldest;
    }

    /**
     * Makes segment {@code number} of a new file, durably and ready for writes. It writes no zeros ahead before
     * {@link #setZerosAhead}, since a start may need all the space that there is.
     *
     * @param segmentBytes about how long a segment gets
     */
    public static Log start(Disk disk, long number, int segmentBytes, int zeroAheadBytes) throws IOException {
        Log log = new Log(disk, new SpareSegments(disk, segmentBytes), zeroAheadBytes, number);
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

    /**
     * @param wanted whether forces may write zeros ahead of the writes. On a full disk they would take what the ballast
     *     gave, and leave nothing to the manifest and the flushes
     */
    public void setZerosAhead(boolean wanted) {
        aheadBytes = wanted ? zeroAheadBytes : 0;
        active.setZeroAheadBytes(aheadBytes);
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
     * Takes a segment of an earlier life of the store, which the manifest no longer needs, durably. The log goes on in
     * the first one, so that no force has to write zeros, and keeps another as a spare. It has no writes yet.
     */
    public void reuse(long number, Announcement announcement) throws IOException {
        spares.retire(number);
        if (spares.isEmpty() || active.number() != oldest) {
            return;
        }
        try {
            rotate(announcement);
        } catch (ShortageException e) {
            // The present segment is as good. Only its forces take longer.
        }
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
        FrameAppender next = begin(spares.takeAs(name), number, start);
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

    /** A segment that a shortage keeps from beginning is deleted. */
    private FrameAppender begin(DiskFile file, long number, SegmentStart start) throws IOException {
        try {
            FrameAppender appender = FrameAppender.begin(file, FileKind.LOG, number, disk.newSalt(), aheadBytes);
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

    /**
     * Gives back the segments up to this one, which the manifest no longer needs, durably. On the maintenance thread.
     */
    public void retire(long number) throws IOException {
        for (; oldest <= number; oldest++) {
            spares.retire(oldest);
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
