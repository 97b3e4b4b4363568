package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;
import java.util.Arrays;

/** Writes one table from entries in ascending order of keys. For one thread. */
public final class TableWriter {
    private static final int RESTART_INTERVAL = 16;
    private static final int BITS_PER_KEY = 10;
    private static final int WRITE_BYTES = 256 << 10;

    /** One force of a whole table would hold up the log's forces behind it; many small ones let them through. */
    private static final int FORCE_BYTES = 2 << 20;

    private final Disk disk;
    private final long number;
    private final DiskFile file;
    private final int blockBytes;
    private final BytesWriter out = new BytesWriter(WRITE_BYTES + (64 << 10));
    private final BytesWriter content = new BytesWriter(4 << 10);
    private final BlockBuilder data = new BlockBuilder(RESTART_INTERVAL);
    private final BlockBuilder index = new BlockBuilder(1);
    private long[] hashes = new long[1 << 10];
    private long writtenUpTo;
    private long forcedUpTo;

    private int entries;
    private long tombstones;
    private long expiring;
    private long minExpiryMs = Value.NEVER_EXPIRES;
    private long maxExpiryMs;
    private Key firstKey;
    private Key lastKey;
    private Version minVersion;
    private Version maxVersion = Version.ZERO;

    private TableWriter(Disk disk, long number, int blockBytes) throws IOException {
        this.disk = disk;
        this.number = number;
        this.blockBytes = blockBytes;
        this.file = disk.create(FileName.table(number).toString());
        FileHeader.write(out, FileKind.TABLE, number);
    }

    /** @param blockBytes after how many bytes a block is closed */
    public static TableWriter create(Disk disk, long number, int blockBytes) throws IOException {
        return new TableWriter(disk, number, blockBytes);
    }

    public void add(Key key, Record record) throws IOException {
        if (entries > 0 && key.compareTo(lastKey) <= 0) {
            throw new IllegalArgumentException("key '" + key + "' after '" + lastKey + "'");
        }
        count(key, record);
        content.clear();
        RecordCodec.writeRecord(content, record);
        data.add(key.bytes(), content);
        if (data.bytes() >= blockBytes) {
            finishDataBlock();
        }
    }

    private void count(Key key, Record record) {
        if (entries == 0) {
            firstKey = key;
            minVersion = record.version();
        }
        lastKey = key;
        minVersion = record.version().isAfter(minVersion) ? minVersion : record.version();
        maxVersion = Version.max(maxVersion, record.version());
        tombstones += record.isTombstone() ? 1 : 0;
        if (record.content() instanceof Value value && value.expires()) {
            expiring++;
            minExpiryMs = Math.min(minExpiryMs, value.expiresAtMs());
            maxExpiryMs = Math.max(maxExpiryMs, value.expiresAtMs());
        }
        if (entries == hashes.length) {
            hashes = Arrays.copyOf(hashes, entries * 2);
        }
        hashes[entries++] = BloomFilter.hash(key.bytes());
    }

    private void finishDataBlock() throws IOException {
        int start = out.length();
        data.finish(out);
        content.clear();
        seal(start).write(content);
        index.add(lastKey.bytes(), content);
        if (out.length() >= WRITE_BYTES) {
            flush();
            forceNowAndThen();
        }
    }

    private void forceNowAndThen() throws IOException {
        if (writtenUpTo - forcedUpTo >= FORCE_BYTES) {
            file.force();
            forcedUpTo = writtenUpTo;
        }
    }

    /** Adds the trailer to what was appended since {@code start}. */
    private BlockHandle seal(int start) {
        BlockHandle handle = new BlockHandle(writtenUpTo + start, out.length() - start);
        out.writeByte(BlockFormat.TYPE_PLAIN);
        out.writeInt(Checksum.crc32c(number, handle.offset(), out.array(), start, out.length() - start));
        return handle;
    }

    /** About how many bytes there are so far. */
    public long bytes() {
        return writtenUpTo + out.length() + data.bytes();
    }

    /**
     * Ends the table and makes it durable, and its name.
     *
     * @throws IllegalStateException if there is no entry
     */
    public TableFile finish() throws IOException {
        if (entries == 0) {
            throw new IllegalStateException("a table without entries");
        }
        if (!data.isEmpty()) {
            finishDataBlock();
        }
        writeEnd();
        flush();
        file.force();
        file.close();
        disk.forceDirectory();
        return new TableFile(number, writtenUpTo);
    }

    private void writeEnd() {
        int start = out.length();
        BloomFilter.of(hashes, entries, BITS_PER_KEY).write(out);
        BlockHandle filterHandle = seal(start);
        start = out.length();
        index.finish(out);
        BlockHandle indexHandle = seal(start);
        start = out.length();
        new TableProperties(
                        entries,
                        tombstones,
                        expiring,
                        minExpiryMs,
                        maxExpiryMs,
                        firstKey,
                        lastKey,
                        minVersion,
                        maxVersion)
                .write(out);
        BlockHandle propertiesHandle = seal(start);
        new TableFormat(indexHandle, filterHandle, propertiesHandle)
                .writeFooter(out, number, writtenUpTo + out.length());
    }

    private void flush() throws IOException {
        file.writeFully(out.array(), 0, out.length(), writtenUpTo);
        writtenUpTo += out.length();
        out.clear();
    }

    /** Gives up: closes the file and deletes it. */
    public void abandon() throws IOException {
        file.close();
        disk.delete(FileName.table(number).toString());
    }
}
