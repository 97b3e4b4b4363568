package io.quorate.node.lsm.table;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockCursors;
import io.quorate.node.lsm.table.block.BlockDecompressor;
import io.quorate.node.lsm.table.block.BlockFormat;
import io.quorate.node.lsm.table.block.BlockHandle;
import io.quorate.node.lsm.table.block.BlockSearch;
import io.quorate.node.lsm.table.block.RawCursor;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;

/** Any bytes of a table give entries, or the exceptions that report damage. */
class TableFuzzTest {
    private static final Key KEY = Key.of("golden/017");

    @FuzzTest(maxDuration = "3m")
    void file(byte[] bytes) throws IOException {
        CrashDisk disk = new CrashDisk();
        disk.plant(FileName.table(7).toString(), bytes);
        try {
            Table table = Table.open(disk, new TableFile(7, bytes.length), new BlockCache(0));
            table.get(KEY);
            for (Direction direction : Direction.values()) {
                EntryCursor cursor = table.cursor(KeyRange.ALL, direction);
                while (cursor.advance()) {
                    cursor.record();
                }
            }
        } catch (StoreException e) {
            return;
        }
    }

    /** A body and a trailer, behind the checksum. */
    @FuzzTest(maxDuration = "3m")
    void storedBlock(byte[] stored) throws IOException {
        if (stored.length >= BlockFormat.TRAILER_BYTES) {
            try {
                walk(BlockDecompressor.decompress(stored));
            } catch (MalformedException e) {
                return;
            }
        }
    }

    @FuzzTest(maxDuration = "3m")
    void block(byte[] bytes) throws IOException {
        try {
            walk(new Block(bytes, bytes.length));
        } catch (MalformedException e) {
            return;
        }
    }

    /** Each way through it comes to an end, and each entry takes room of its own. */
    private static void walk(Block block) throws IOException {
        try {
            new BlockSearch(KEY).ceiling(block);
        } catch (MalformedException e) {
            // Another way may get further.
        }
        for (Direction direction : Direction.values()) {
            RawCursor cursor = BlockCursors.over(block, direction);
            cursor.seek(KEY.bytes());
            cursor = BlockCursors.over(block, direction);
            cursor.seekCovering(KEY.bytes());
            cursor = BlockCursors.over(block, direction);
            for (int entries = 0; cursor.advance(); entries++) {
                cursor.compareKey(KEY.bytes());
                cursor.key();
                if (entries > block.bytes().length) {
                    throw new AssertionError("more entries than bytes, going " + direction);
                }
            }
        }
    }

    @FuzzTest(maxDuration = "3m")
    void properties(byte[] bytes) {
        try {
            TableProperties.read(new BytesReader(bytes), 3);
        } catch (MalformedException e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "3m")
    void filter(byte[] bytes) {
        try {
            WholeFilter.parse(new BytesReader(bytes)).mayContain(Table.hashOf(KEY));
        } catch (MalformedException e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "3m")
    void partOfAFilter(byte[] bytes) {
        FilterParts filter = new FilterParts(6, 16, 0);
        try {
            filter.mayContain(Table.hashOf(KEY), new Block(bytes, bytes.length));
        } catch (MalformedException e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "3m")
    void shapeOfAFilter(byte[] bytes) {
        try {
            FilterParts.readShape(new BytesReader(bytes), new BlockHandle(1 << 10, bytes.length));
        } catch (MalformedException e) {
            return;
        }
    }
}
