package io.quorate.node.lsm.table;

import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.EncodedEntry;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.table.block.AscendingCursor;
import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockFormat;
import io.quorate.node.lsm.table.block.BlockHandle;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Reads all of one table: every checksum, the order of the keys, the index around them, the filter and the properties.
 * After a damaged block it goes on with the next one.
 */
public final class TableCheck {
    private final Table table;
    private final Consumer<CorruptException> damage;
    private final LongConsumer progress;
    private final TreeMap<Long, Long> endsByStart = new TreeMap<>();
    private final PropertiesCount count = new PropertiesCount();
    private final EncodedEntry entry = new EncodedEntry();
    private byte[] lastKey = new byte[0];
    private boolean whole = true;

    private TableCheck(Table table, Consumer<CorruptException> damage, LongConsumer progress) {
        this.table = table;
        this.damage = damage;
        this.progress = progress;
    }

    /**
     * @param damage receives each damaged place
     * @param progress receives how many more bytes were read
     * @return the properties of the table, empty if they cannot be read
     */
    public static Optional<TableProperties> run(
            Disk disk, TableFile file, Consumer<CorruptException> damage, LongConsumer progress) throws IOException {
        Table table;
        try {
            table = Table.open(disk, file, new BlockCache(0));
        } catch (CorruptException e) {
            damage.accept(e);
            return Optional.empty();
        }
        try {
            new TableCheck(table, damage, progress).run();
            return Optional.of(table.properties());
        } finally {
            table.release();
        }
    }

    private void run() throws IOException {
        TableFormat format = table.format();
        cover(format.index());
        cover(format.filter());
        table.partsOfFilter().forEach(this::cover);
        cover(format.properties());
        checkIndex(table.index(), format.index(), format.levels(), new byte[0]);
        if (whole) {
            requireCovered(table.identity().bytes() - TableFormat.FOOTER_BYTES);
            requireProperties(format);
        }
    }

    private void cover(BlockHandle handle) {
        long bytes = handle.bytes() + BlockFormat.TRAILER_BYTES;
        endsByStart.put(handle.offset(), handle.offset() + bytes);
        progress.accept(bytes);
    }

    private void report(long offset, String what) {
        whole = false;
        damage.accept(table.corrupt(offset, what));
    }

    /** @param above all keys below are above this one */
    private void checkIndex(Block block, BlockHandle at, int level, byte[] above) throws IOException {
        byte[] below = above;
        AscendingCursor entries = new AscendingCursor(block);
        try {
            while (entries.advance()) {
                byte[] bound = entries.keyBytes();
                if (Arrays.compareUnsigned(below, bound) >= 0) {
                    report(at.offset(), "the keys of the index do not ascend");
                }
                checkBelow(BlockHandle.read(entries.content()), level, below, bound);
                below = bound;
            }
        } catch (MalformedException e) {
            report(at.offset(), e.getMessage());
        }
    }

    private void checkBelow(BlockHandle handle, int level, byte[] above, byte[] bound) throws IOException {
        cover(handle);
        Block block;
        try {
            block = table.readBlock(handle);
        } catch (CorruptException e) {
            whole = false;
            damage.accept(e);
            return;
        }
        if (level > 1) {
            checkIndex(block, handle, level - 1, above);
        } else {
            checkData(block, handle, above, bound);
        }
    }

    private void checkData(Block block, BlockHandle at, byte[] above, byte[] bound) {
        count.addDataBlock();
        AscendingCursor entries = new AscendingCursor(block);
        try {
            while (entries.advance()) {
                checkEntry(entries, at, above);
            }
        } catch (MalformedException e) {
            report(at.offset(), e.getMessage());
        }
        if (Arrays.compareUnsigned(lastKey, bound) > 0) {
            report(at.offset(), "its last key is above what the index says");
        }
    }

    private void checkEntry(AscendingCursor entries, BlockHandle at, byte[] above) {
        Key key = entries.key();
        RecordCodec.readStoredRecord(entries.content());
        entries.show(entry);
        if (Arrays.compareUnsigned(lastKey, key.bytes()) >= 0) {
            report(at.offset(), "the keys do not ascend");
        }
        if (Arrays.compareUnsigned(above, key.bytes()) >= 0) {
            report(at.offset(), "a key belongs before this block by what the index says");
        }
        if (!table.mayContain(key, Table.hashOf(key))) {
            report(at.offset(), "a key that the filter, or the range in the properties, leaves out");
        }
        count.add(entry);
        lastKey = key.bytes();
    }

    /** Checks that blocks follow each other from the header to the footer, so that every byte has a checksum. */
    private void requireCovered(long end) {
        long covered = FileHeader.BYTES;
        for (Map.Entry<Long, Long> block : endsByStart.entrySet()) {
            if (block.getKey() != covered) {
                report(covered, "no block covers what is here; the next one is at " + block.getKey());
            }
            covered = block.getValue();
        }
        if (covered != end) {
            report(covered, "no block covers what is here; the footer is at " + end);
        }
    }

    private void requireProperties(TableFormat format) {
        TableProperties says = table.properties();
        TableProperties found = count.total(new TableOptions(
                1,
                says.origin().compression(),
                says.origin().cause(),
                says.origin().level(),
                says.origin().writtenMs()));
        if (!found.equals(says)) {
            report(format.properties().offset(), "the properties say " + says + " and the entries " + found);
        }
    }
}
