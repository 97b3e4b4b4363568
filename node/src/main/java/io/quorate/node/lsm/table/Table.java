package io.quorate.node.lsm.table;

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
import io.quorate.node.lsm.format.EncodedCursor;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.lifetime.References;
import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockCursors;
import io.quorate.node.lsm.table.block.BlockHandle;
import io.quorate.node.lsm.table.block.BlockSearch;
import io.quorate.node.lsm.table.block.BlockSource;
import io.quorate.node.lsm.table.block.RawCursor;
import io.quorate.node.lsm.table.block.ReusedMemory;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An open table. The top of its index and the properties are in memory, and its filter once {@link #loadFilter} found
 * room. The rest of the index, the parts of other filters, and the data are blocks on disk, some of them in the cache.
 * Safe for use by several threads.
 *
 * <p>References are counted, since a merge drops a table while others may read it. The file is closed with the last
 * one. {@link #open} returns the first.
 */
public final class Table {
    /** After so many blocks a scan is a long one. Its blocks would push more valuable ones out of the cache. */
    private static final int SCAN_BLOCKS_CACHED = 4;

    /**
     * So much of the end of a file is read at once: the footer, the properties, the top of the index of a table of 64
     * MiB, and the shape of its filter.
     */
    private static final int END_BYTES = 16 << 10;

    private final DiskFile file;
    private final String path;
    private final TableFile identity;
    private final StoredBlocks blocks;
    private final BlockCache cache;
    private final References references = new References();
    private final TableFormat format;
    private final BlockHandle top;
    private final Block index;
    private final int levels;
    private final TableProperties properties;
    private final TableFilter filter;

    private Table(DiskFile file, String path, TableFile identity, BlockCache cache, FilterBudget filters, int level)
            throws IOException {
        int version = FileHeader.require(file, path, FileKind.TABLE, identity.number());
        this.file = file;
        this.path = path;
        this.identity = identity;
        this.blocks = new StoredBlocks(file::readFully, path, identity);
        this.cache = cache;
        FileWindow end = readEnd();
        StoredBlocks atEnd = new StoredBlocks(end, path, identity);
        this.format = readFooter(end);
        this.top = format.index();
        this.index = atEnd.read(top);
        this.levels = format.levels();
        this.properties = TableProperties.read(atEnd.readPlain(format.properties()), version);
        this.filter = new TableFilter(
                format.storedFilter(version, atEnd),
                blocks,
                part -> cache.get(identity.number(), part),
                filters,
                level);
    }

    /** A table with its filter in memory. */
    public static Table open(Disk disk, TableFile identity, BlockCache cache) throws IOException {
        return open(disk, identity, cache, FilterBudget.unlimited(), 0);
    }

    /** A table with its filter in memory, if there is room. */
    public static Table open(Disk disk, TableFile identity, BlockCache cache, FilterBudget filters, int level)
            throws IOException {
        Table table = openWithoutFilter(disk, identity, cache, filters, level);
        try {
            table.loadFilter();
            return table;
        } catch (IOException | RuntimeException e) {
            table.release();
            throw e;
        }
    }

    /**
     * A table whose filter is on disk until {@link #loadFilter}.
     *
     * @param level where it is in the tree
     * @throws CorruptException if the file is missing, has another size, or is damaged outside its data blocks and its
     *     filter
     */
    public static Table openWithoutFilter(
            Disk disk, TableFile identity, BlockCache cache, FilterBudget filters, int level) throws IOException {
        String name = FileName.table(identity.number()).toString();
        String path = disk.pathOf(name);
        if (!disk.contains(name)) {
            throw new CorruptException(path, 0, "the file is missing; the manifest says it is needed");
        }
        DiskFile file = disk.open(name);
        try {
            return new Table(file, path, identity, cache, filters, level);
        } catch (MalformedException e) {
            file.close();
            throw new CorruptException(path, 0, e.getMessage());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private FileWindow readEnd() throws IOException {
        long size = file.size();
        if (size != identity.bytes()) {
            throw new CorruptException(path, size, "it has " + size + " bytes and had " + identity.bytes());
        }
        if (size < FileHeader.BYTES + TableFormat.FOOTER_BYTES) {
            throw new CorruptException(path, size, "it ends before a footer can");
        }
        int bytes = (int) Math.min(END_BYTES, size);
        return new FileWindow(file::readFully, size - bytes, bytes);
    }

    private TableFormat readFooter(FileWindow end) throws IOException {
        byte[] footer = new byte[TableFormat.FOOTER_BYTES];
        long offset = identity.bytes() - footer.length;
        end.readFully(footer, 0, footer.length, offset);
        return TableFormat.readFooter(footer, path, identity.number(), offset);
    }

    Block readBlock(BlockHandle handle) throws IOException {
        return blocks.read(handle);
    }

    private CorruptException corrupt(BlockHandle handle, String what) {
        return corrupt(handle.offset(), what);
    }

    CorruptException corrupt(long offset, String what) {
        return blocks.corrupt(offset, what);
    }

    TableFormat format() {
        return format;
    }

    List<BlockHandle> partsOfFilter() {
        return filter.parts();
    }

    /** The block that every search begins in. */
    Block index() {
        return index;
    }

    public TableFile identity() {
        return identity;
    }

    public TableProperties properties() {
        return properties;
    }

    public Version maxVersion() {
        return properties.versions().max();
    }

    /** The lowest version of its records. */
    public Version minVersion() {
        return properties.versions().min();
    }

    /** The hash of a key for {@link #mayContain}. It is the same for all tables. */
    public static long hashOf(Key key) {
        return BloomFilter.hash(key.bytes());
    }

    /** Reads the filter into memory, if there is room and if this was not tried before. Hold a reference. */
    public void loadFilter() throws IOException {
        filter.load();
    }

    /**
     * Reads the filter from the disk, and keeps nothing. Hold a reference.
     *
     * @throws CorruptException if it is damaged
     */
    public void checkFilter() throws IOException {
        filter.check();
    }

    /** False if the key is certainly not here. Answers from memory. */
    public boolean mayContain(Key key, long hash) {
        return properties.keys().covers(key) && filter.mayContain(hash);
    }

    /**
     * The table is at another level of the tree now. Its filter stays only if there is room there. Hold a reference.
     */
    public void moved(int level) {
        filter.moved(level);
    }

    /** The record of the key, if memory has it or rules it out. Empty if the disk is needed. */
    public Optional<Record> getFromMemory(Key key) {
        BlockSearch search = new BlockSearch(key);
        BlockHandle at = top;
        Block block = index;
        for (int level = levels; level > 0; level--) {
            Optional<BlockHandle> next = handleIn(search, block, at);
            if (next.isEmpty()) {
                return Optional.of(Record.NEVER_WRITTEN);
            }
            at = next.get();
            Optional<Block> cached = cache.get(identity.number(), at);
            if (cached.isEmpty()) {
                return Optional.empty();
            }
            block = cached.get();
        }
        return Optional.of(recordIn(search, block, at));
    }

    /**
     * As {@link #get(Key)}, for a key that the filter did not rule out. If it read in vain, since the part of the
     * filter that knows the key is on disk, that part comes into the cache, if the cache admits it.
     */
    public Record get(Key key, long hash) throws IOException {
        Record found = get(key);
        if (found.equals(Record.NEVER_WRITTEN)) {
            keepPartOfFilter(hash);
        }
        return found;
    }

    private void keepPartOfFilter(long hash) throws IOException {
        Optional<BlockHandle> part = filter.partOnDisk(hash);
        if (part.isPresent()
                && cache.get(identity.number(), part.get()).isEmpty()
                && cache.admits(identity.number(), part.get())) {
            cache.put(identity.number(), part.get(), blocks.read(part.get()));
        }
    }

    /** The record of the key, or {@link Record#NEVER_WRITTEN}. Reads up to two blocks. Hold a reference. */
    public Record get(Key key) throws IOException {
        BlockSearch search = new BlockSearch(key);
        BlockHandle at = top;
        Block block = index;
        for (int level = levels; level > 0; level--) {
            Optional<BlockHandle> next = handleIn(search, block, at);
            if (next.isEmpty()) {
                return Record.NEVER_WRITTEN;
            }
            at = next.get();
            block = readThroughCache(at, blocks::readForNow);
        }
        return recordIn(search, block, at);
    }

    /** The only block that may have the key. */
    private Optional<BlockHandle> handleIn(BlockSearch search, Block indexBlock, BlockHandle at) {
        try {
            return search.ceiling(indexBlock) ? Optional.of(BlockHandle.read(search.content())) : Optional.empty();
        } catch (MalformedException e) {
            throw corrupt(at, e.getMessage());
        }
    }

    private Record recordIn(BlockSearch search, Block block, BlockHandle at) {
        try {
            boolean found = search.ceiling(block) && search.isExact();
            return found ? RecordCodec.readStoredRecord(search.content()) : Record.NEVER_WRITTEN;
        } catch (MalformedException e) {
            throw corrupt(at, e.getMessage());
        }
    }

    /** @param notAdmitted reads a block that the cache does not admit */
    private Block readThroughCache(BlockHandle handle, BlockSource notAdmitted) throws IOException {
        Optional<Block> cached = cache.get(identity.number(), handle);
        if (cached.isPresent()) {
            return cached.get();
        }
        if (!cache.admits(identity.number(), handle)) {
            return notAdmitted.read(handle);
        }
        Block block = blocks.read(handle);
        cache.put(identity.number(), handle, block);
        return block;
    }

    /** All entries, the least key first. It bypasses the cache, since a merge asks for each block once. */
    public EncodedCursor cursor() {
        return cursorPastCache(KeyRange.ALL);
    }

    EncodedCursor cursorPastCache(KeyRange range) {
        return cursor(blocksOfCursor(), blocksOfCursor(), range, Direction.ASCENDING);
    }

    /** The entries of a range. It reads nothing before its first move. Hold a reference. */
    public EncodedCursor cursor(KeyRange range, Direction direction) {
        return cursor(new ScanBlocks(), new ScanBlocks(), range, direction);
    }

    private EncodedCursor cursor(BlockSource indexParts, BlockSource data, KeyRange range, Direction direction) {
        RawCursor handles = BlockCursors.over(index, direction);
        for (int level = levels; level > 1; level--) {
            handles = new LevelCursor(handles, indexParts, direction);
        }
        return new TableCursor(new LevelCursor(handles, data, direction), path, range, direction);
    }

    /** A cursor is at one block at a time, so it needs memory for one. */
    private BlockSource blocksOfCursor() {
        ReusedMemory memory = new ReusedMemory();
        return handle -> blocks.read(handle, memory);
    }

    /**
     * Lets a scan use the cache, and add its first blocks of a level to it. So a short scan is quick the next time, and
     * a long one does not push other blocks out.
     */
    private final class ScanBlocks implements BlockSource {
        private final BlockSource notAdmitted = blocksOfCursor();
        private int read;

        @Override
        public Block read(BlockHandle handle) throws IOException {
            if (read++ < SCAN_BLOCKS_CACHED) {
                return readThroughCache(handle, notAdmitted);
            }
            Optional<Block> cached = cache.get(identity.number(), handle);
            return cached.isPresent() ? cached.get() : notAdmitted.read(handle);
        }
    }

    /**
     * Puts the table into another directory as well. It becomes a link if links are possible and the name is still
     * here, otherwise a copy. Durable except for its name. Hold a reference.
     */
    public void putInto(Disk other, Disk own) throws IOException {
        String name = FileName.table(identity.number()).toString();
        if (!own.tryLink(name, other)) {
            other.copyOf(file, name);
        }
    }

    /** Takes a reference. The caller knows of another one that is not given back meanwhile. */
    public void acquire() {
        references.acquire();
    }

    /** Takes a reference. False if the last one has been given back. */
    public boolean tryAcquire() {
        return references.tryAcquire();
    }

    /**
     * Gives a reference back. The last one closes the file, the cache drops the blocks, and the filter's room is free.
     */
    public void release() throws IOException {
        if (references.release()) {
            cache.forget(identity.number());
            filter.close();
            file.close();
        }
    }
}
