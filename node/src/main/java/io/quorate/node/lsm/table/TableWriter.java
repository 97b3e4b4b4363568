package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.format.EncodedEntry;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.table.block.BlockBuilder;
import io.quorate.node.lsm.table.block.BlockCompressor;
import io.quorate.node.lsm.table.block.BlockFormat;
import io.quorate.node.lsm.table.block.BlockHandle;
import java.io.IOException;
import java.util.Optional;

/** Writes one table from entries in ascending order of keys. For one thread, which finishes or abandons it. */
public final class TableWriter {
    private static final int RESTART_INTERVAL = 16;
    private static final int BITS_PER_KEY = 10;
    private static final int WRITE_BYTES = 256 << 10;

    /** One force of a whole table would delay the forces of the log behind it. Many small ones let them through. */
    private static final int FORCE_BYTES = 2 << 20;

    private final Disk disk;
    private final long number;
    private final TableOptions options;
    private final DiskFile file;
    private final BlockCompressor compressor;
    private final BytesWriter out = new BytesWriter(16 << 10);
    private final BytesWriter content = new BytesWriter(4 << 10);
    private final EncodedEntry encoded = new EncodedEntry();
    private final BlockBuilder data = new BlockBuilder(RESTART_INTERVAL);
    private final IndexBuilder index;
    private final PropertiesCount count = new PropertiesCount();
    private final KeyHashes hashes = new KeyHashes();
    private Optional<BlockHandle> unindexed = Optional.empty();
    private long writtenUpTo;
    private long forcedUpTo;

    private TableWriter(Disk disk, long number, TableOptions options) throws IOException {
        this.disk = disk;
        this.number = number;
        this.options = options;
        this.index = new IndexBuilder(options.blockBytes());
        this.file = disk.create(FileName.table(number).toString());
        this.compressor = new BlockCompressor(options.compression());
        FileHeader.write(out, FileKind.TABLE, number);
    }

    /** A table of the entries of a memtable. */
    public static TableWriter create(Disk disk, long number, int blockBytes) throws IOException {
        return create(disk, number, TableOptions.ofMemtable(blockBytes, TableCause.FLUSH, TableOptions.TIME_UNKNOWN));
    }

    public static TableWriter create(Disk disk, long number, TableOptions options) throws IOException {
        return new TableWriter(disk, number, options);
    }

    public void add(Key key, Record record) throws IOException {
        content.clear();
        RecordCodec.writeStoredRecord(content, record);
        encoded.setKey(key.bytes(), key.length());
        encoded.setRecord(content.array(), 0, content.length());
        add(encoded);
    }

    /** Copies an entry as it is. */
    public void add(EncodedEntry entry) throws IOException {
        if (!count.isBelow(entry)) {
            throw new IllegalArgumentException("key '" + entry.key() + "' after '" + count.lastKey() + "'");
        }
        if (unindexed.isPresent()) {
            addToIndex(
                    IndexBuilder.separator(count.lastKey().bytes(), entry.key().bytes()));
        }
        hashes.add(BloomFilter.hash(entry.keyArray(), entry.keyBytes()));
        count.add(entry);
        data.add(entry);
        if (data.bytes() >= options.blockBytes()) {
            finishDataBlock();
        }
    }

    private void finishDataBlock() throws IOException {
        int start = out.length();
        data.finish(out);
        count.addDataBlock();
        unindexed = Optional.of(compressAndSeal(start));
        if (out.length() >= WRITE_BYTES) {
            flush();
            forceNowAndThen();
        }
    }

    /** The index entry of a block waits for the key after the block: a key between the two may be shorter than both. */
    private void addToIndex(byte[] key) {
        index.add(key, unindexed.orElseThrow());
        unindexed = Optional.empty();
        if (index.isPartFull()) {
            finishIndexPart();
        }
    }

    private void finishIndexPart() {
        int start = out.length();
        index.finishPart(out);
        index.addPart(compressAndSeal(start));
    }

    private void forceNowAndThen() throws IOException {
        if (writtenUpTo - forcedUpTo >= FORCE_BYTES) {
            file.force();
            forcedUpTo = writtenUpTo;
        }
    }

    private BlockHandle compressAndSeal(int start) {
        return seal(start, compressor.compress(out, start));
    }

    /** Adds the trailer to what was appended since {@code start}. */
    private BlockHandle seal(int start, int type) {
        BlockHandle handle = new BlockHandle(writtenUpTo + start, out.length() - start);
        BlockFormat.writeTrailer(out, start, type, number, handle.offset());
        return handle;
    }

    /** About how many bytes the table has so far. */
    public long bytes() {
        return writtenUpTo + out.length() + data.bytes();
    }

    /** How many entries the table has so far. */
    public long entries() {
        return count.entries();
    }

    /**
     * Ends the table and makes it durable, and its name.
     *
     * @throws IllegalStateException if there is no entry
     */
    public TableFile finish() throws IOException {
        if (count.entries() == 0) {
            throw new IllegalStateException("a table without entries");
        }
        if (!data.isEmpty()) {
            finishDataBlock();
        }
        addToIndex(count.lastKey().bytes());
        writeEnd();
        flush();
        compressor.close();
        file.force();
        file.close();
        disk.forceDirectory();
        return new TableFile(number, writtenUpTo);
    }

    private void writeEnd() {
        if (index.hasRestOfParts()) {
            finishIndexPart();
        }
        BlockHandle filterHandle = writeFilter();
        int start = out.length();
        int levels = index.levels();
        index.finish(out);
        BlockHandle indexHandle = seal(start, BlockFormat.TYPE_PLAIN);
        start = out.length();
        count.total(options).write(out);
        BlockHandle propertiesHandle = seal(start, BlockFormat.TYPE_PLAIN);
        new TableFormat(indexHandle, filterHandle, propertiesHandle, levels)
                .writeFooter(out, number, writtenUpTo + out.length());
    }

    /** Returns where its shape is. */
    private BlockHandle writeFilter() {
        BloomFilter filter = BloomFilter.of(hashes, BITS_PER_KEY);
        FilterParts parts = new FilterParts(filter, writtenUpTo + out.length());
        for (int part = 0; part < parts.count(); part++) {
            int start = out.length();
            parts.writePart(part, filter, out);
            seal(start, BlockFormat.TYPE_PLAIN);
        }
        int start = out.length();
        parts.writeShape(out);
        return seal(start, BlockFormat.TYPE_PLAIN);
    }

    private void flush() throws IOException {
        file.writeFully(out.array(), 0, out.length(), writtenUpTo);
        writtenUpTo += out.length();
        out.clear();
    }

    /** Gives up: closes the file and deletes it. */
    public void abandon() throws IOException {
        compressor.close();
        file.close();
        disk.delete(FileName.table(number).toString());
    }
}
