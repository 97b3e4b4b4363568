package io.quorate.node.lsm.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Forgotten;
import io.quorate.common.model.Key;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.table.block.Compression;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TablePropertiesTest {
    private final CrashDisk disk = new CrashDisk();

    private static Record expiring(long version, String value, long atMs) {
        return new Record(new Version(version, 1, 1, 0), Value.of(value.getBytes(), Value.DEFAULT_CONTENT_TYPE, atMs));
    }

    private long number;

    private TableProperties written() throws IOException {
        TableOptions options = new TableOptions(64, Compression.ZSTD, TableCause.COMPACTION, 3, 1_234);
        TableWriter writer = TableWriter.create(disk, ++number, options);
        writer.add(Key.of("a"), expiring(7, "four", 2_000));
        writer.add(Key.of("bb"), new Record(new Version(5, 1, 1, 0), Tombstone.TOMBSTONE));
        writer.add(Key.of("ccc"), expiring(6, "sixsix", 1_000));
        writer.add(Key.of("ccccc"), new Record(new Version(8, 1, 1, 0), new Forgotten(3)));
        writer.add(Key.of("dddd"), new Record(new Version(9, 1, 1, 0), Value.of("x".repeat(100))));
        return Table.open(disk, writer.finish(), new BlockCache(0)).properties();
    }

    @Test
    void theySayWhatIsInTheTable() throws IOException {
        assertEquals(
                new TableProperties(
                        new TableProperties.TableOrigin(TableCause.COMPACTION, 3, Compression.ZSTD, 1_234),
                        new TableProperties.EntryCounts(5, 2, 1),
                        new TableProperties.ExpirySpan(2, 1_000, 2_000),
                        new TableProperties.ContentSize(15, 110, 2),
                        new TableProperties.KeySpan(Key.of("a"), Key.of("dddd")),
                        new TableProperties.VersionSpan(new Version(5, 1, 1, 0), new Version(9, 1, 1, 0))),
                written());
    }

    @Test
    void aValueCountsAsExpiringUntilItsRequestIsForgotten() throws IOException {
        TableWriter writer = TableWriter.create(disk, 1, 64);
        Receipt receipt = new Receipt(1, true, 3_000);
        writer.add(
                Key.of("a"),
                new Record(
                        new Version(7, 1, 1, 1),
                        expiring(7, "four", 2_000).content(),
                        new RequestId(1, 1),
                        Optional.of(receipt)));
        TableProperties properties =
                Table.open(disk, writer.finish(), new BlockCache(0)).properties();
        assertEquals(new TableProperties.ExpirySpan(1, 3_000, 3_000), properties.expiries());
    }

    @Test
    void withoutExpiriesThereIsNoneBetweenTheFirstAndTheLast() throws IOException {
        TableWriter writer = TableWriter.create(disk, 1, 64);
        writer.add(Key.of("a"), new Record(new Version(5, 1, 1, 0), Tombstone.TOMBSTONE));
        TableProperties properties =
                Table.open(disk, writer.finish(), new BlockCache(0)).properties();
        assertEquals(new TableProperties.ExpirySpan(0, Value.NEVER_EXPIRES, 0), properties.expiries());
    }

    @Test
    void anUnknownCauseIsRefused() throws IOException {
        BytesWriter out = new BytesWriter(64);
        written().write(out);
        out.array()[0] = 17;
        assertThrows(MalformedException.class, () -> TableProperties.read(new BytesReader(out.toByteArray()), 3));
    }

    @Test
    void thoseOfFormat2SayThatNothingIsForgotten() throws IOException {
        BytesWriter out = new BytesWriter(64);
        written().write(out);
        int bytesOfForgottenAndTime = 1 + 2;
        byte[] ofFormat2 = Arrays.copyOf(out.array(), out.length() - bytesOfForgottenAndTime);
        TableProperties read = TableProperties.read(new BytesReader(ofFormat2), 2);
        assertEquals(new TableProperties.EntryCounts(5, 2, 0), read.counts());
        assertEquals(TableOptions.TIME_UNKNOWN, read.origin().writtenMs());
        assertEquals(written().versions(), read.versions());
        assertThrows(MalformedException.class, () -> TableProperties.read(new BytesReader(out.toByteArray()), 2));
    }
}
