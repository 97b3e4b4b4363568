package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.lifetime.References;
import java.io.IOException;
import java.util.Optional;

/**
 * An open table: index, filter and properties in memory, blocks on disk. Safe for use by several threads.
 *
 * <p>References are counted, since a compaction drops a table while others may be reading it: the file is closed with
 * the last one. {@link #open} returns the first.
 */
public final class Table {
    private final DiskFile file;
    private final String path;
    private final TableFile identity;
    private final BlockCache cache;
    private final References references = new References();
    private final Block index;
    private final BloomFilter filter;
    private final TableProperties properties;

    private Table(DiskFile file, String path, TableFile identity, BlockCache cache) throws IOException {
        this.file = file;
        this.path = path;
        this.identity = identity;
        this.cache = cache;
        TableFormat format = readFooter();
        this.index = new Block(readStored(format.index()), format.index().bytes());
        this.filter = BloomFilter.read(readEnd(format.filter()));
        this.properties = TableProperties.read(readEnd(format.properties()));
    }

    /** @throws CorruptException if the file is missing, of another size, or its parts but the data blocks are damaged */
    public static Table open(Disk disk, TableFile identity, BlockCache cache) throws IOException {
        String name = FileName.table(identity.number()).toString();
        String path = disk.pathOf(name);
        if (!disk.list().contains(name)) {
            throw new CorruptException(path, 0, "the file is missing; the manifest says it is needed");
        }
        DiskFile file = disk.open(name);
        try {
            FileHeader.require(file, path, FileKind.TABLE, identity.number());
            return new Table(file, path, identity, cache);
        } catch (MalformedException e) {
            file.close();
            throw new CorruptException(path, 0, e.getMessage());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private TableFormat readFooter() throws IOException {
        long size = file.size();
        if (size != identity.bytes()) {
            throw new CorruptException(path, size, "it has " + size + " bytes and had " + identity.bytes());
        }
        byte[] footer = new byte[TableFormat.FOOTER_BYTES];
        long offset = size - footer.length;
        file.readFully(footer, 0, footer.length, offset);
        return TableFormat.readFooter(footer, path, identity.number(), offset);
    }

    private BytesReader readEnd(BlockHandle handle) throws IOException {
        return new BytesReader(readStored(handle), 0, handle.bytes());
    }

    private byte[] readStored(BlockHandle handle) throws IOException {
        long end = handle.offset() + handle.bytes() + BlockFormat.TRAILER_BYTES;
        if (handle.offset() < 0 || handle.bytes() < 0 || end > identity.bytes()) {
            throw new CorruptException(path, handle.offset(), "a block of " + handle.bytes() + " bytes does not fit");
        }
        byte[] stored = new byte[handle.bytes() + BlockFormat.TRAILER_BYTES];
        file.readFully(stored, 0, stored.length, handle.offset());
        BlockFormat.requireValid(stored, path, identity.number(), handle.offset());
        return stored;
    }

    public TableFile identity() {
        return identity;
    }

    public TableProperties properties() {
        return properties;
    }

    public Version maxVersion() {
        return properties.maxVersion();
    }

    /** What {@link #mayContain} wants to know of a key: the same for all tables. */
    public static long hashOf(Key key) {
        return BloomFilter.hash(key.bytes());
    }

    /** False if the key is surely not here. Answers from memory. */
    public boolean mayContain(Key key, long hash) {
        return properties.covers(key) && filter.mayContain(hash);
    }

    /** What the table has for the key, if that is in memory; empty if only the disk can tell. */
    public Optional<Record> getFromMemory(Key key) {
        AscendingCursor at = index.cursor();
        if (!at.seek(key.bytes())) {
            return Optional.of(Record.NEVER_WRITTEN);
        }
        return cache.get(identity.number(), BlockHandle.read(at.content())).map(block -> find(block, key));
    }

    /** What the table has for the key, or {@link Record#NEVER_WRITTEN}. Reads a block; hold a reference. */
    public Record get(Key key) throws IOException {
        AscendingCursor at = index.cursor();
        if (!at.seek(key.bytes())) {
            return Record.NEVER_WRITTEN;
        }
        BlockHandle handle = BlockHandle.read(at.content());
        Optional<Block> cached = cache.get(identity.number(), handle);
        if (cached.isPresent()) {
            return find(cached.get(), key);
        }
        Block block = readBlock(handle);
        cache.put(identity.number(), handle, block);
        return find(block, key);
    }

    private Record find(Block block, Key key) {
        try {
            AscendingCursor at = block.cursor();
            boolean found = at.seek(key.bytes()) && at.compareKey(key.bytes()) == 0;
            return found ? RecordCodec.readRecord(at.content()) : Record.NEVER_WRITTEN;
        } catch (MalformedException e) {
            throw new CorruptException(path, 0, e.getMessage());
        }
    }

    private Block readBlock(BlockHandle handle) throws IOException {
        return new Block(readStored(handle), handle.bytes());
    }

    /** All entries, the least key first. Reads past the cache; hold a reference. */
    public EntryCursor cursor() {
        return cursor(KeyRange.ALL, Direction.ASCENDING);
    }

    /** The entries from a key on. */
    public EntryCursor cursor(Key fromInclusive) {
        return cursor(KeyRange.from(fromInclusive), Direction.ASCENDING);
    }

    /** The entries of a range. It reads past the cache, and nothing before it is first moved; hold a reference. */
    public EntryCursor cursor(KeyRange range, Direction direction) {
        RawCursor entries = new LevelCursor(index.cursor(direction), this::readBlock, direction);
        return new TableCursor(entries, path, range, direction);
    }

    /** Takes a reference, where the caller knows of another. */
    public void acquire() {
        references.acquire();
    }

    /** Gives a reference back; the last one closes the file. */
    public void release() throws IOException {
        if (references.release()) {
            file.close();
        }
    }
}
