package io.quorate.node.lsm.compaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.codec.RecordHead;
import io.quorate.common.model.Content;
import io.quorate.common.model.Forgotten;
import io.quorate.common.model.Key;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.compaction.CompactionOptions.MergeWork;
import io.quorate.node.lsm.compaction.CompactionPlan.MergeReason;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableCause;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableOptions;
import io.quorate.node.lsm.table.TableWriter;
import io.quorate.node.lsm.table.block.Compression;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A merge passes encoded entries on. Its tables have the same bytes as those of a merge that decodes every entry. */
class TableMergeTest {
    private static final long NOW_MS = 1_000_000;
    private static final int KEYS = 300;
    private static final int BLOCK_BYTES = 700;
    private static final long TABLE_BYTES = 4_000;
    private static final long FIRST_OUTPUT = 1_000;

    private final CrashDisk disk = new CrashDisk();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aMergeWritesTheSameBytesAsOneThatDecodes(long seed) throws IOException {
        Random random = new Random(seed);
        List<Table> inputs = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(7); i++) {
            inputs.add(randomTable(i + 1, random));
        }
        MergeRules rules = new MergeRules(
                new ExpiredValues(NOW_MS, key -> key.bytes()[0] == '2'),
                (key, version) -> key.bytes()[0] == '3' || version.counter() == 7);
        Map<Long, byte[]> fast = contents(merge(inputs, rules));
        OutputSplit split = new OutputSplit(TABLE_BYTES, Long.MAX_VALUE, List.of());
        Map<Long, byte[]> plain = contents(new DecodedMerge(split, rules, newTables()).run(inputs));
        assertEquals(plain.keySet(), fast.keySet(), "the numbers of the outputs");
        plain.forEach((number, bytes) -> assertArrayEquals(bytes, fast.get(number), "table " + number));
        assertTrue(inputs.size() == 1 || fast.size() > 1, "a merge with one output");
    }

    @Test
    void theHeadOfARecordSaysWhatTheRecordSays() {
        Random random = new Random(1);
        RecordHead head = new RecordHead();
        for (int i = 0; i < 2_000; i++) {
            Record record = randomRecord(random);
            BytesWriter encoded = new BytesWriter(300);
            RecordCodec.writeStoredRecord(encoded, record);
            BytesReader in = new BytesReader(encoded.array(), 0, encoded.length());
            head.read(in);
            in.requireEnd();
            assertEquals(record.version(), head.version());
            assertEquals(record.isTombstone(), head.isTombstone());
            assertEquals(record.isForgotten(), head.isForgotten());
            assertEquals(record.neededUntilMs(), head.neededUntilMs());
            assertEquals(record.expiresAtMs() != Value.NEVER_EXPIRES, head.expires());
            assertEquals(record.content() instanceof Value value ? value.bytes().length : 0, head.valueBytes());
            Version other = randomRecord(random).version();
            assertEquals(Integer.signum(record.version().compareTo(other)), Integer.signum(head.compareVersion(other)));
            Record ofOneVersion = record.withContent(randomContent(random));
            assertEquals(record.replaces(ofOneVersion), head.replaces(headOf(ofOneVersion)));
            assertEquals(ofOneVersion.replaces(record), headOf(ofOneVersion).replaces(head));
        }
    }

    private static RecordHead headOf(Record record) {
        BytesWriter encoded = new BytesWriter(300);
        RecordCodec.writeStoredRecord(encoded, record);
        RecordHead head = new RecordHead();
        head.read(new BytesReader(encoded.array(), 0, encoded.length()));
        return head;
    }

    private List<TableFile> merge(List<Table> inputs, MergeRules rules) throws IOException {
        List<TableDescription> described =
                inputs.stream().map(table -> TableDescription.of(table, 0)).toList();
        CompactionPlan plan = new CompactionPlan(MergeReason.TIER_IS_DUE, described, 1, false);
        CompactionOptions options = new CompactionOptions(
                TABLE_BYTES,
                CompactionOptions.DEFAULTS.tier(),
                CompactionOptions.DEFAULTS.levels(),
                new MergeWork(1, 1, 500, 1),
                CompactionOptions.DEFAULTS.debt(),
                0);
        List<TableFile> outputs = new ArrayList<>();
        for (TableMerge merge : TableMerge.of(plan, inputs, List.of(), options, rules, newTables())) {
            while (!merge.isDone()) {
                merge.step();
            }
            outputs.addAll(merge.outputs());
        }
        return outputs;
    }

    /** Both merges use the same numbers, since checksums depend on them. */
    private TableMerge.NewTables newTables() {
        long[] next = {FIRST_OUTPUT};
        TableOptions options = new TableOptions(BLOCK_BYTES, Compression.LZ4, TableCause.COMPACTION, 1);
        return () -> TableWriter.create(disk, next[0]++, options);
    }

    private Map<Long, byte[]> contents(List<TableFile> files) throws IOException {
        Map<Long, byte[]> contents = new TreeMap<>();
        for (TableFile file : files) {
            String name = FileName.table(file.number()).toString();
            contents.put(file.number(), disk.read(name));
            disk.delete(name);
        }
        return contents;
    }

    // ---- tables of all kinds of records ----

    private Table randomTable(long number, Random random) throws IOException {
        Map<Key, Record> entries = new TreeMap<>();
        int count = 1 + random.nextInt(KEYS);
        while (entries.size() < count) {
            entries.put(randomKey(random), randomRecord(random));
        }
        Compression compression = Compression.values()[random.nextInt(Compression.values().length)];
        int blockBytes = random.nextBoolean() ? BLOCK_BYTES : 16 << 10;
        TableWriter writer =
                TableWriter.create(disk, number, new TableOptions(blockBytes, compression, TableCause.FLUSH, 0));
        for (Map.Entry<Key, Record> entry : entries.entrySet()) {
            writer.add(entry.getKey(), entry.getValue());
        }
        return Table.open(disk, writer.finish(), new BlockCache(0));
    }

    private static Key randomKey(Random random) {
        int number = random.nextInt(2 * KEYS);
        return Key.of(number + (number % 50 == 0 ? "long".repeat(number) : ""));
    }

    /** Few versions, so that the fields of many are equal but for one. A forgotten record may have that of another. */
    private static Record randomRecord(Random random) {
        boolean alone = random.nextInt(8) > 0;
        Version version = alone
                ? new Version(
                        random.nextInt(4) - 1, random.nextInt(3) - 1, random.nextInt(200), random.nextInt(100_000))
                : new Version(2, 2, 200, 0);
        if (!alone) {
            Record deleted = new Record(version, Tombstone.TOMBSTONE);
            return random.nextBoolean() ? deleted : deleted.forgotten(random.nextInt(4));
        }
        RequestId request = random.nextInt(3) == 0 ? new RequestId(random.nextLong(), 1) : RequestId.NONE;
        Optional<Receipt> receipt = random.nextInt(3) == 0
                ? Optional.of(new Receipt(random.nextLong(), random.nextBoolean(), randomTimeMs(random)))
                : Optional.empty();
        return new Record(version, randomContent(random), request, receipt);
    }

    private static Content randomContent(Random random) {
        String type = random.nextBoolean() ? "text/plain; charset=\u00e4" : Value.DEFAULT_CONTENT_TYPE;
        byte[] bytes = new byte[random.nextInt(20) == 0 ? 0 : random.nextInt(200)];
        return switch (random.nextInt(8)) {
            case 0 -> Tombstone.TOMBSTONE;
            case 1 -> new Forgotten(random.nextInt(4));
            case 2, 3 -> Value.of(bytes, type);
            default -> Value.of(bytes, type, randomTimeMs(random));
        };
    }

    /** Often the very moment at which values end. */
    private static long randomTimeMs(Random random) {
        return random.nextInt(4) == 0 ? NOW_MS + random.nextInt(3) - 1 : 1 + random.nextInt((int) (2 * NOW_MS));
    }
}
