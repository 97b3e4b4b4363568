package io.quorate.node.lsm.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesWriter;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileHeaders;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client cannot choose values that make the next start slow, and cannot make it refuse the log. */
class LogScanCostTest {
    private static final long NUMBER = 1;
    private static final int STALE_BYTES = 4 << 20;

    /** How often each byte of the file may be read on average. */
    private static final int READS_OF_EACH_BYTE_MAX = 4;

    /** The bytes behind the end are headers of frames that claim to be as long as the rest of the file. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void valuesThatLookLikeFramesCostOnePass(int version) throws IOException {
        CrashDisk disk = new CrashDisk();
        String name = FileName.log(NUMBER).toString();
        byte[] frames = frames(disk, version);
        ByteBuffer file = ByteBuffer.allocate(frames.length + STALE_BYTES);
        file.put(frames);
        while (file.remaining() > LogFrameFormat.HEADER_BYTES) {
            int at = file.position();
            file.putInt(0).putInt(file.capacity() - at - LogFrameFormat.HEADER_BYTES);
            file.put((byte) FrameType.WRITES.code())
                    .putLong(NUMBER)
                    .putLong(1_000_000)
                    .putLong(at);
        }
        disk.plant(name, file.array());
        CountedReads counted = new CountedReads(disk.open(name));
        FrameScanner scanner = FrameScanner.open(counted, name, FileKind.LOG, NUMBER);
        assertTrue(scanner.advance());
        assertTrue(!scanner.advance());
        assertEquals(frames.length, scanner.end());
        assertTrue(counted.bytes <= (long) READS_OF_EACH_BYTE_MAX * file.capacity(), counted.bytes + " bytes read");
    }

    /** A segment with its first frame, in either format. */
    private static byte[] frames(CrashDisk disk, int version) throws IOException {
        if (version == 2) {
            BytesWriter out = new BytesWriter(100);
            out.writeBytes(FileHeaders.of(FileKind.LOG, version, NUMBER));
            LogFrameFormat.begin(out, FrameType.SEGMENT_START, NUMBER, 0, 0);
            SegmentStart.FIRST.write(out);
            LogFrameFormat.end(out, FileHeader.BYTES, NUMBER, FileHeader.BYTES);
            return out.toByteArray();
        }
        DiskFile file = disk.create("frames");
        try (FrameAppender appender = FrameAppender.begin(file, FileKind.LOG, NUMBER, disk.newSalt(), 0)) {
            SegmentStart.FIRST.write(appender.beginFrame(FrameType.SEGMENT_START));
            appender.endFrame();
            appender.force();
        }
        return disk.read("frames");
    }

    private static final class CountedReads implements DiskFile {
        private final DiskFile file;
        private long bytes;

        CountedReads(DiskFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int count = file.read(target, position);
            bytes += count;
            return count;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return file.write(source, position);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
