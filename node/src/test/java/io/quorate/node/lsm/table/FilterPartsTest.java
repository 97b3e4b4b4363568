package io.quorate.node.lsm.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.ObservedDisk;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.table.block.BlockHandle;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter that stays on disk answers as one in memory does, once the cache has its parts. */
class FilterPartsTest {
    /** 586 lines: ten parts, of which the last is short. */
    private static final int ENTRIES = 30_000;

    private static final long NUMBER = 7;

    private final CrashDisk disk = new CrashDisk();
    private final AtomicInteger reads = new AtomicInteger();

    private static Key key(int i) {
        return Key.of(String.format("key-%06d", i));
    }

    private TableFile write(int entries) throws IOException {
        TableWriter writer = TableWriter.create(disk, NUMBER, 4 << 10);
        for (int i = 0; i < entries; i++) {
            writer.add(key(2 * i), new Record(new Version(i + 1, 1, i, 0), Value.of("v")));
        }
        return writer.finish();
    }

    private Table openOnDisk(TableFile file, long cacheBytes) throws IOException {
        return Table.openWithoutFilter(observed(), file, new BlockCache(cacheBytes), FilterBudget.unlimited(), 0);
    }

    private Disk observed() {
        return ObservedDisk.of(disk, (call, file) -> {
            if (call.startsWith("read")) {
                reads.incrementAndGet();
            }
        });
    }

    private static boolean mayContain(Table table, Key key) {
        return table.mayContain(key, Table.hashOf(key));
    }

    private static Record get(Table table, Key key) throws IOException {
        return table.get(key, Table.hashOf(key));
    }

    private static Key absent(int i) {
        return key(2 * i + 1);
    }

    /** Gets that find nothing bring all parts into the cache. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3_000, 3_277, 3_300, ENTRIES})
    void aPartAnswersAsTheWholeFilterDoes(int entries) throws IOException {
        TableFile file = write(entries);
        Table inMemory = Table.open(disk, file, new BlockCache(0));
        Table onDisk = openOnDisk(file, 64 << 20);
        for (int i = 0; i < entries - 1; i++) {
            assertEquals(Record.NEVER_WRITTEN, get(onDisk, absent(i)));
        }
        for (int i = 0; i < 2 * entries - 1; i++) {
            Key key = key(i);
            boolean answer = mayContain(onDisk, key);
            assertTrue(i % 2 == 1 || answer, key::toString);
            assertTrue(answer || !mayContain(inMemory, key), key::toString);
            assertTrue(entries == 2 || answer == mayContain(inMemory, key), key::toString);
        }
    }

    @Test
    void aTableIsOpenedByTwoReadsAndAFilterReadByFew() throws IOException {
        Table table = openOnDisk(write(ENTRIES), 0);
        assertEquals(2, reads.get(), "its header, and its end");
        assertTrue(mayContain(table, absent(1)), "any key may be there");
        table.loadFilter();
        assertEquals(3, reads.get());
        table.loadFilter();
        assertEquals(3, reads.get(), "it is in memory already");
        assertFalse(mayContain(table, absent(1)));
    }

    @Test
    void aGetInVainKeepsThePartThatSparesTheNextOne() throws IOException {
        Table table = openOnDisk(write(ENTRIES), 1 << 20);
        get(table, key(2));
        int found = reads.get();
        get(table, key(2));
        assertEquals(found, reads.get(), "its blocks are in the cache, and nothing else was read");
        get(table, absent(2));
        assertFalse(mayContain(table, absent(2)));
        int known = reads.get();
        int ruledOut = 0;
        for (int i = 0; i < ENTRIES; i++) {
            ruledOut += mayContain(table, absent(i)) ? 0 : 1;
        }
        assertEquals(known, reads.get(), "looks read nothing");
        assertTrue(ruledOut > ENTRIES / 20 && ruledOut < ENTRIES / 5, ruledOut + " are in one of ten parts");
    }

    @Test
    void aGetInVainReadsNoPartThatTheCacheDoesNotAdmit() throws IOException {
        Table table = openOnDisk(write(ENTRIES), 0);
        get(table, absent(2));
        int before = reads.get();
        get(table, absent(2));
        assertEquals(2, reads.get() - before, "a part of the index, and a block of data");
    }

    @Test
    void aGetThatPassedItsPartInVainDoesNotReadItAgain() throws IOException {
        Table table = openOnDisk(write(ENTRIES), 64 << 20);
        for (int i = 0; i < ENTRIES - 1; i++) {
            get(table, absent(i));
        }
        int before = reads.get();
        for (int i = 0; i < ENTRIES - 1; i++) {
            get(table, absent(i));
        }
        assertEquals(before, reads.get());
    }

    @Test
    void aDamagedPartIsNoticedWhenItIsRead() throws IOException {
        TableFile file = write(ENTRIES);
        List<BlockHandle> parts = openOnDisk(file, 0).partsOfFilter();
        assertEquals(10, parts.size());
        BlockHandle damaged = parts.get(4);
        disk.rot(FileName.table(NUMBER).toString(), damaged.offset() + 100, 3);
        Table table = openOnDisk(file, 64 << 20);
        int noticed = 0;
        for (int i = 0; i < ENTRIES - 1; i++) {
            try {
                assertEquals(Record.NEVER_WRITTEN, get(table, absent(i)));
            } catch (CorruptException e) {
                assertTrue(e.getMessage().contains("offset " + damaged.offset()), e::getMessage);
                noticed++;
            }
        }
        assertTrue(noticed > ENTRIES / 20 && noticed < ENTRIES / 5, noticed + " of " + ENTRIES);
        assertThrows(CorruptException.class, table::checkFilter);
        assertThrows(CorruptException.class, table::loadFilter);
        assertThrows(CorruptException.class, () -> Table.open(disk, file, new BlockCache(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 64, 100",
        "31, 64, 100",
        "6, 0, 100",
        "6, -8, 100",
        "6, 12, 100",
        "6, 64, 99",
        "6, 64, -1",
        "6, 2147483640, 100"
    })
    void aShapeThatCannotBeIsRefused(int probes, int words, long offset) {
        BytesWriter shape = new BytesWriter(16);
        shape.writeInt(probes);
        shape.writeInt(words);
        shape.writeLong(offset);
        FilterParts sound = new FilterParts(6, 64, 100);
        BlockHandle last = sound.handle(0);
        BlockHandle at = new BlockHandle(last.offset() + last.bytes() + 5, 16);
        assertThrows(MalformedException.class, () -> FilterParts.readShape(new BytesReader(shape.toByteArray()), at));
    }

    @Test
    void aSoundShapeIsAccepted() {
        FilterParts sound = new FilterParts(6, 64, 100);
        BytesWriter shape = new BytesWriter(16);
        sound.writeShape(shape);
        BlockHandle last = sound.handle(0);
        BlockHandle at = new BlockHandle(last.offset() + last.bytes() + 5, 16);
        assertEquals(sound, FilterParts.readShape(new BytesReader(shape.toByteArray()), at));
    }
}
