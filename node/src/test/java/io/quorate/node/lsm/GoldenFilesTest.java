package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.Forgotten;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileHeaders;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.table.FilterBudget;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableCause;
import io.quorate.node.lsm.table.TableCheck;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableOptions;
import io.quorate.node.lsm.table.TableProperties;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableWriter;
import io.quorate.node.lsm.table.block.Compression;
import io.quorate.node.lsm.table.cache.BlockCache;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that was written by an earlier program is read by this one, to the last byte, and written alike. */
class GoldenFilesTest {
    private static final ClusterId CLUSTER = new ClusterId("golden");
    private static final NodeId NODE = new NodeId("n1");
    private static final DiskId DISK = new DiskId(0xfedcba9876543210L);
    /** Without versions in memory, the salts of files are those that earlier programs drew. */
    private static final StoreOptions OPTIONS = StoreOptions.DEFAULTS
            .withMemtableBytes(1_200)
            .withBlockCacheBytes(0)
            .withVersionCacheBytes(0);

    private static final long TABLE_NUMBER = 7;
    private static final long WRITTEN_MS = 1_700_000_000_000L;

    @BeforeAll
    static void writeThemIfTold() throws IOException {
        if (GoldenFiles.WRITE) {
            SortedMap<String, byte[]> store = writtenStore();
            store.put(IdentityFile.NAME, GoldenFiles.read(GoldenFiles.STORE).get(IdentityFile.NAME));
            GoldenFiles.write(GoldenFiles.STORE, store);
            GoldenFiles.write(GoldenFiles.IDENTITY, Map.of(IdentityFile.NAME, writtenIdentity()));
            SortedMap<String, byte[]> tables = new TreeMap<>();
            for (Compression compression : Compression.values()) {
                tables.put(nameOf(compression), writtenTable(compression));
            }
            GoldenFiles.write(GoldenFiles.TABLES, tables);
        }
    }

    private static String nameOf(Compression compression) {
        return "table-" + compression.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Values of each kind. They are too noisy to compress, because the bytes of a compressor may change with its
     * version.
     */
    private static SortedMap<Key, Record> contents() {
        Random random = new Random(1);
        SortedMap<Key, Record> contents = new TreeMap<>();
        for (int i = 0; i < 24; i++) {
            byte[] bytes = new byte[60];
            random.nextBytes(bytes);
            Version version = new Version(1_000 + i, 0xfedcba9876543210L, i, i % 3);
            Key key = Key.of(String.format("golden/%03d", i * 7 % 24));
            contents.put(
                    key,
                    switch (i % 4) {
                        case 0 -> new Record(version, Tombstone.TOMBSTONE);
                        case 1 -> new Record(version, Value.of(bytes, "text/plain"));
                        case 2 -> new Record(version, Value.of(bytes, "image/png", 2_000_000_000_000L + i));
                        default -> new Record(version, Value.of(bytes, Value.DEFAULT_CONTENT_TYPE));
                    });
        }
        return contents;
    }

    /**
     * Forgotten records came with format 4 of logs and 3 of tables. They are the last writes here, so the log has them.
     */
    private static SortedMap<Key, Record> contentsWithForgotten() {
        SortedMap<Key, Record> contents = contents();
        contents.put(Key.of("golden/~forgotten"), forgotten(2_000, 3));
        contents.put(Key.of("golden/~forgotten-in-no-round"), forgotten(2_001, Forgotten.NO_ROUND));
        return contents;
    }

    private static Record forgotten(long version, long round) {
        return new Record(new Version(version, 0xfedcba9876543210L, 7, 1), new Forgotten(round));
    }

    // ---- a store: identity, CURRENT, manifest, log, table ----

    /** Tables, and a log with the last writes, but no log segments that wait to be used again. */
    private static SortedMap<String, byte[]> writtenStore() throws IOException {
        CrashDisk disk = new CrashDisk();
        try (DataDirectory directory = DataDirectory.create(disk)) {
            IdentityFile.create(directory, CLUSTER, NODE, DISK);
            SeededThreads threads = new SeededThreads(new Random(1));
            Store store = Store.open(directory, OPTIONS, threads.forStore(), failure -> {});
            contentsWithForgotten().forEach((key, record) -> {
                store.put(key, record, new RecordedCompletion());
                threads.runAll();
            });
            store.shutdown(() -> {});
            threads.runAll();
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String name : disk.list()) {
            if (!name.equals(DataDirectory.LOCK_NAME)
                    && !name.equals(IdentityFile.NAME)
                    && !name.startsWith("ballast")) {
                files.put(name, withoutZerosAhead(disk.read(name)));
            }
        }
        SortedMap<String, byte[]> logs = files.subMap("log-", "log-~");
        logs.headMap(logs.lastKey()).clear();
        return files;
    }

    private static byte[] withoutZerosAhead(byte[] bytes) {
        int length = bytes.length;
        while (length > FileHeader.BYTES && bytes[length - 1] == 0) {
            length--;
        }
        return length < bytes.length - 100 ? Arrays.copyOf(bytes, length) : bytes;
    }

    private static CrashDisk goldenStore() throws IOException {
        CrashDisk disk = new CrashDisk();
        GoldenFiles.read(GoldenFiles.STORE).forEach(disk::plant);
        return disk;
    }

    @Test
    void aStoreWithFiltersInOnePieceIsReadAsItWasWrittenAndGoesOn() throws IOException {
        CrashDisk disk = new CrashDisk();
        GoldenFiles.read(GoldenFiles.STORE_OF_FORMAT_4).forEach(disk::plant);
        assertEquals(contentsWithForgotten(), read(disk));
        disk.killProcess();
        assertEquals(contentsWithForgotten(), read(disk));
    }

    private static SortedMap<Key, Record> read(CrashDisk disk) throws IOException {
        SortedMap<Key, Record> found = new TreeMap<>();
        SeededThreads threads = new SeededThreads(new Random(1));
        try (DataDirectory directory = DataDirectory.open(disk)) {
            Store store = Store.open(directory, OPTIONS, threads.forStore(), failure -> {});
            try (RecordIterator all = store.scan()) {
                while (all.advance()) {
                    found.put(all.key(), all.record());
                }
            }
        }
        return found;
    }

    @Test
    void aStoreIsReadAsItWasWritten() throws IOException {
        assertTrue(goldenStore().list().stream().anyMatch(name -> name.startsWith("table-")));
        assertEquals(contentsWithForgotten(), read(goldenStore()));
    }

    /** The next start writes its log and manifest in the new format. */
    @ParameterizedTest
    @ValueSource(strings = {GoldenFiles.STORE_OF_FORMAT_2, GoldenFiles.STORE_OF_FORMAT_3})
    void aStoreOfAnEarlierFormatIsReadAsItWasWrittenAndGoesOn(String folder) throws IOException {
        CrashDisk disk = new CrashDisk();
        GoldenFiles.read(folder).forEach(disk::plant);
        assertEquals(contents(), read(disk));
        disk.killProcess();
        assertEquals(contents(), read(disk));
    }

    /** Every damage in an old file is noticed too. */
    @Test
    void aFlippedBitInALogOrManifestOfFormat2IsAnErrorOrMakesNoDifference() throws IOException {
        CrashDisk healthy = new CrashDisk();
        GoldenFiles.read(GoldenFiles.STORE_OF_FORMAT_2).forEach(healthy::plant);
        for (String name : healthy.list()) {
            if (!name.startsWith("log-") && !name.startsWith("manifest-")) {
                continue;
            }
            for (int offset = 0; offset < healthy.read(name).length; offset++) {
                CrashDisk rotten = healthy.copy();
                rotten.rot(name, offset, offset % 8);
                try {
                    assertEquals(contents(), read(rotten), name + " at " + offset);
                } catch (CorruptException e) {
                    assertTrue(e.getMessage().contains("offset"));
                }
            }
        }
    }

    @Test
    void anIdentityIsReadAsItWasWritten() throws IOException {
        try (DataDirectory directory = DataDirectory.open(goldenStore())) {
            NodeIdentity claimed = IdentityFile.claim(directory, CLUSTER, NODE);
            assertEquals(new NodeIdentity(CLUSTER, NODE, 1, claimed.disk()), claimed);
            assertEquals(
                    claimed.disk(),
                    IdentityFile.of(directory.disk()).orElseThrow().disk());
        }
        CrashDisk disk = new CrashDisk();
        GoldenFiles.read(GoldenFiles.IDENTITY).forEach(disk::plant);
        try (DataDirectory directory = DataDirectory.open(disk)) {
            assertEquals(
                    new NodeIdentity(CLUSTER, NODE, 1, Optional.of(DISK)),
                    IdentityFile.claim(directory, CLUSTER, NODE));
        }
    }

    /** The golden store has an identity of format 1, without a disk. */
    @Test
    void anIdentityIsWrittenWithTheSameBytes() throws IOException {
        byte[] golden = GoldenFiles.read(GoldenFiles.IDENTITY).get(IdentityFile.NAME);
        assertArrayEquals(golden, writtenIdentity());
    }

    private static byte[] writtenIdentity() throws IOException {
        CrashDisk disk = new CrashDisk();
        try (DataDirectory directory = DataDirectory.create(disk)) {
            IdentityFile.create(directory, CLUSTER, NODE, DISK);
        }
        return disk.read(IdentityFile.NAME);
    }

    @Test
    void aStoreIsWrittenWithTheSameBytes() throws IOException {
        Map<String, byte[]> golden = GoldenFiles.read(GoldenFiles.STORE);
        golden.remove(IdentityFile.NAME);
        Map<String, byte[]> written = writtenStore();
        assertEquals(golden.keySet(), written.keySet());
        golden.forEach((name, bytes) -> assertArrayEquals(bytes, written.get(name), name));
    }

    static Stream<String> filesOfTheStore() throws IOException {
        return GoldenFiles.read(GoldenFiles.STORE).keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("filesOfTheStore")
    void aFileOfALaterFormatIsRefused(String name) throws IOException {
        CrashDisk disk = goldenStore();
        byte[] file = disk.read(name);
        disk.plant(name, FileHeaders.withNextVersion(file, kindOf(name), numberIn(file)));
        CannotOpenException e = assertThrows(CannotOpenException.class, () -> open(disk));
        assertEquals(OpenFailure.NEWER, e.reason());
        assertTrue(
                e.getMessage().matches(".*" + name + " has format \\d and this program knows \\d at most.*"),
                e::getMessage);
    }

    @ParameterizedTest
    @MethodSource("filesOfTheStore")
    void aFileOfAnEarlierFormatIsRefusedAndNotCalledDamaged(String name) throws IOException {
        CrashDisk disk = goldenStore();
        byte[] file = disk.read(name);
        disk.plant(name, FileHeaders.withVersionBefore(file, kindOf(name), numberIn(file)));
        CannotOpenException e = assertThrows(CannotOpenException.class, () -> open(disk));
        assertEquals(OpenFailure.OLDER, e.reason());
    }

    private static FileKind kindOf(String name) {
        return FileName.parse(name)
                .map(FileName::kind)
                .orElseGet(() -> FileKind.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    private static long numberIn(byte[] file) {
        return ByteBuffer.wrap(file).getLong(12);
    }

    private static void open(CrashDisk disk) throws IOException {
        try (DataDirectory directory = DataDirectory.open(disk)) {
            IdentityFile.claim(directory, CLUSTER, NODE);
        }
        read(disk);
    }

    // ---- tables of each codec ----

    private static byte[] writtenTable(Compression compression) throws IOException {
        CrashDisk disk = new CrashDisk();
        TableOptions options = new TableOptions(256, compression, TableCause.COMPACTION, 2, WRITTEN_MS);
        TableWriter writer = TableWriter.create(disk, TABLE_NUMBER, options);
        for (Map.Entry<Key, Record> entry : compressibleWithForgotten().entrySet()) {
            writer.add(entry.getKey(), entry.getValue());
        }
        writer.finish();
        return disk.read(FileName.table(TABLE_NUMBER).toString());
    }

    /** So many blocks that the index has two levels. */
    private static SortedMap<Key, Record> compressible() {
        SortedMap<Key, Record> contents = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            Version version = new Version(2_000 - i, 1, i, 0);
            contents.put(
                    Key.of(String.format("golden/%03d", i)), new Record(version, Value.of("value".repeat(i % 20))));
        }
        return contents;
    }

    private static SortedMap<Key, Record> compressibleWithForgotten() {
        SortedMap<Key, Record> contents = compressible();
        for (int i = 0; i < 60; i += 20) {
            contents.put(Key.of(String.format("golden/%03d-forgotten", i)), forgotten(2_000, i));
        }
        return contents;
    }

    private static CrashDisk planted(byte[] golden) {
        CrashDisk disk = new CrashDisk();
        disk.plant(FileName.table(TABLE_NUMBER).toString(), golden);
        return disk;
    }

    private static TableFile file(byte[] golden) {
        return new TableFile(TABLE_NUMBER, golden.length);
    }

    private static Table open(byte[] golden) throws IOException {
        return Table.open(planted(golden), file(golden), new BlockCache(0));
    }

    private static SortedMap<Key, Record> entriesOf(Table table) throws IOException {
        SortedMap<Key, Record> found = new TreeMap<>();
        EntryCursor cursor = table.cursor();
        while (cursor.advance()) {
            found.put(cursor.key(), cursor.record());
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aTableIsReadAsItWasWritten(Compression compression) throws IOException {
        assertIsAsItWasWritten(open(GoldenFiles.read(GoldenFiles.TABLES).get(nameOf(compression))), compression);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aTableOfFormat3IsReadAsItWasWritten(Compression compression) throws IOException {
        byte[] golden = GoldenFiles.read(GoldenFiles.TABLES_OF_FORMAT_3).get(nameOf(compression));
        assertIsAsItWasWritten(open(golden), compression);
        assertIsSound(golden);
    }

    @ParameterizedTest
    @ValueSource(strings = {GoldenFiles.TABLES, GoldenFiles.TABLES_OF_FORMAT_3, GoldenFiles.TABLES_OF_FORMAT_2})
    void eachKindOfFilterRulesKeysOutOnceItIsInMemory(String folder) throws IOException {
        byte[] golden = GoldenFiles.read(folder).get(nameOf(Compression.LZ4));
        Table table =
                Table.openWithoutFilter(planted(golden), file(golden), new BlockCache(0), new FilterBudget(1 << 10), 0);
        assertEquals(60, passed(table, compressible().keySet()));
        assertEquals(59, passed(table, absentKeys()), "the last one is above the table");
        table.loadFilter();
        assertEquals(60, passed(table, compressible().keySet()));
        assertTrue(passed(table, absentKeys()) < 10);
    }

    private static Set<Key> absentKeys() {
        return compressible().keySet().stream()
                .map(key -> Key.of(key + "-absent"))
                .collect(Collectors.toSet());
    }

    private static long passed(Table table, Set<Key> keys) {
        return keys.stream()
                .filter(key -> table.mayContain(key, Table.hashOf(key)))
                .count();
    }

    private static void assertIsAsItWasWritten(Table table, Compression compression) throws IOException {
        assertEquals(compressibleWithForgotten(), entriesOf(table));
        assertEquals(compression, table.properties().origin().compression());
        assertEquals(WRITTEN_MS, table.properties().origin().writtenMs());
        assertEquals(new EntryCounts(63, 3, 3), table.properties().counts());
        assertEquals(new Version(1_941, 1, 59, 0), table.properties().versions().min());
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aTableOfFormat2IsReadAsItWasWritten(Compression compression) throws IOException {
        byte[] golden = GoldenFiles.read(GoldenFiles.TABLES_OF_FORMAT_2).get(nameOf(compression));
        Table table = open(golden);
        assertEquals(compressible(), entriesOf(table));
        assertEquals(compression, table.properties().origin().compression());
        assertEquals(TableOptions.TIME_UNKNOWN, table.properties().origin().writtenMs());
        assertEquals(new EntryCounts(60, 0, 0), table.properties().counts());
        assertEquals(new Version(1_941, 1, 59, 0), table.properties().versions().min());
        assertIsSound(golden);
    }

    private static void assertIsSound(byte[] golden) throws IOException {
        Optional<TableProperties> checked = TableCheck.run(
                planted(golden),
                file(golden),
                damage -> {
                    throw damage;
                },
                bytes -> {});
        assertEquals(Optional.of(open(golden).properties()), checked);
    }

    @Test
    void aPlainTableIsWrittenWithTheSameBytes() throws IOException {
        byte[] golden = GoldenFiles.read(GoldenFiles.TABLES).get(nameOf(Compression.NONE));
        assertArrayEquals(golden, writtenTable(Compression.NONE));
    }
}
