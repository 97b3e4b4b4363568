package io.quorate.node.lsm.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockFormat;
import io.quorate.node.lsm.table.block.BlockHandle;
import io.quorate.node.lsm.table.block.BlockSearch;
import io.quorate.node.lsm.table.block.Compression;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tables whose entries are all of one length, in blocks that are all of one length and begin with one that is known.
 */
class DamagedTableTest {
    private static final int ENTRIES = 60;
    private static final int BLOCK_BYTES = 128;

    private final CrashDisk disk = new CrashDisk();

    private static Key key(int i) {
        return Key.of(String.format("%06d", i));
    }

    private TableFile write(long number, Compression compression) throws IOException {
        TableOptions options = new TableOptions(BLOCK_BYTES, compression, TableCause.FLUSH, 0);
        TableWriter writer = TableWriter.create(disk, number, options);
        for (int i = 0; i < ENTRIES; i++) {
            writer.add(key(i), new Record(new Version(1, 1, 1, 0), Value.of("value number " + (1_000 + i))));
        }
        return writer.finish();
    }

    private Table open(TableFile file) throws IOException {
        return Table.open(disk, file, new BlockCache(0));
    }

    private static void readAll(Table table) throws IOException {
        EntryCursor cursor = table.cursor(KeyRange.ALL, Direction.DESCENDING);
        while (cursor.advance()) {
            cursor.record();
        }
    }

    private void move(String from, long fromOffset, String to, long toOffset, int bytes) {
        byte[] source = disk.read(from);
        byte[] target = disk.read(to);
        System.arraycopy(source, (int) fromOffset, target, (int) toOffset, bytes);
        disk.lose(to);
        disk.plant(to, target);
    }

    @Test
    void aRightBlockInAnotherPlaceOfItsFileIsNoticed() throws IOException {
        TableFile file = write(1, Compression.NONE);
        String name = FileName.table(1).toString();
        int storedBytes = lengthOfFirstBlock(file) + BlockFormat.TRAILER_BYTES;
        move(name, FileHeader.BYTES, name, FileHeader.BYTES + storedBytes, storedBytes);
        assertNoticedAt(FileHeader.BYTES + storedBytes, file);
    }

    @Test
    void aRightBlockOfAnotherFileIsNoticed() throws IOException {
        TableFile file = write(1, Compression.NONE);
        TableFile other = write(2, Compression.NONE);
        int storedBytes = lengthOfFirstBlock(file) + BlockFormat.TRAILER_BYTES;
        assertEquals(file.bytes(), other.bytes());
        String from = FileName.table(2).toString();
        move(from, FileHeader.BYTES, FileName.table(1).toString(), FileHeader.BYTES, storedBytes);
        assertNoticedAt(FileHeader.BYTES, file);
    }

    private int lengthOfFirstBlock(TableFile file) throws IOException {
        try (var opened = disk.open(FileName.table(file.number()).toString())) {
            byte[] footer = new byte[TableFormat.FOOTER_BYTES];
            long at = file.bytes() - footer.length;
            opened.readFully(footer, 0, footer.length, at);
            BlockHandle index =
                    TableFormat.readFooter(footer, "", file.number(), at).index();
            byte[] stored = new byte[index.bytes()];
            opened.readFully(stored, 0, stored.length, index.offset());
            BlockSearch search = new BlockSearch(key(0));
            assertTrue(search.ceiling(new Block(stored, stored.length)));
            BlockHandle part = BlockHandle.read(search.content());
            byte[] partStored = new byte[part.bytes()];
            opened.readFully(partStored, 0, partStored.length, part.offset());
            assertTrue(search.ceiling(new Block(partStored, partStored.length)));
            return BlockHandle.read(search.content()).bytes();
        }
    }

    private void assertNoticedAt(long offset, TableFile file) throws IOException {
        Table table = open(file);
        CorruptException e = assertThrows(CorruptException.class, () -> readAll(table));
        assertTrue(e.getMessage().contains("is corrupt at offset " + offset + ":"), e::getMessage);
        assertTrue(e.getMessage().contains(FileName.table(file.number()).toString()), e::getMessage);
    }

    @Test
    void aFileTooShortForItsFooterIsNoticed() throws IOException {
        write(1, Compression.NONE);
        String name = FileName.table(1).toString();
        for (int bytes = FileHeader.BYTES + TableFormat.FOOTER_BYTES - 1; bytes >= 0; bytes--) {
            disk.truncate(name, bytes);
            TableFile cut = new TableFile(1, bytes);
            assertThrows(CorruptException.class, () -> open(cut));
        }
    }

    @Test
    void theTypeOfABlockIsUnderTheChecksum() throws IOException {
        TableFile file = write(1, Compression.NONE);
        long typeAt = FileHeader.BYTES + lengthOfFirstBlock(file);
        for (int bit = 0; bit < 8; bit++) {
            disk.rot(FileName.table(1).toString(), typeAt, bit);
            Table table = open(file);
            CorruptException e = assertThrows(CorruptException.class, () -> readAll(table));
            assertTrue(e.getMessage().contains("the checksum of a block"), e::getMessage);
            disk.rot(FileName.table(1).toString(), typeAt, bit);
        }
    }

    /** Every byte of the file is under some checksum. */
    @ParameterizedTest
    @EnumSource(Compression.class)
    void everyFlippedBitIsNoticed(Compression compression) throws IOException {
        TableFile file = write(1, compression);
        String name = FileName.table(1).toString();
        byte[] good = disk.read(name);
        for (int offset = 0; offset < good.length; offset++) {
            byte[] bad = good.clone();
            bad[offset] ^= (byte) (1 << offset % 8);
            disk.lose(name);
            disk.plant(name, bad);
            int at = offset;
            assertThrows(CorruptException.class, () -> readAll(open(file)), () -> "a flip at " + at);
        }
        assertTrue(Arrays.mismatch(good, disk.read(name)) >= 0);
    }
}
