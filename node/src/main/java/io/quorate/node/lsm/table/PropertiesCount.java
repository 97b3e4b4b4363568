package io.quorate.node.lsm.table;

import io.quorate.common.codec.RecordHead;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.format.EncodedEntry;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.table.TableProperties.ContentSize;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableProperties.ExpirySpan;
import io.quorate.node.lsm.table.TableProperties.KeySpan;
import io.quorate.node.lsm.table.TableProperties.TableOrigin;
import io.quorate.node.lsm.table.TableProperties.VersionSpan;
import java.util.Arrays;

/** Counts what goes into a table. */
final class PropertiesCount {
    private long entries;
    private long tombstones;
    private long forgotten;
    private long expiring;
    private long minExpiryMs = Value.NEVER_EXPIRES;
    private long maxExpiryMs;
    private long keyBytes;
    private long valueBytes;
    private long dataBlocks;
    private Key firstKey;
    private byte[] lastKey = new byte[64];
    private int lastKeyBytes;
    private Version minVersion;
    private Version maxVersion = Version.ZERO;

    void add(EncodedEntry entry) {
        RecordHead head = entry.head();
        if (entries == 0) {
            firstKey = entry.key();
            minVersion = head.version();
        }
        entries++;
        keepKey(entry);
        keyBytes += entry.keyBytes();
        minVersion = head.compareVersion(minVersion) < 0 ? head.version() : minVersion;
        maxVersion = head.compareVersion(maxVersion) > 0 ? head.version() : maxVersion;
        valueBytes += head.valueBytes();
        if (head.isTombstone() && !Keyspace.isHint(entry.keyArray())) {
            tombstones++;
        }
        forgotten += head.isForgotten() ? 1 : 0;
        boolean hasSomethingToLose = head.valueBytes() > 0;
        if (head.expires() && hasSomethingToLose) {
            addExpiring(head.neededUntilMs());
        }
    }

    private void keepKey(EncodedEntry entry) {
        lastKeyBytes = entry.keyBytes();
        if (lastKeyBytes > lastKey.length) {
            lastKey = new byte[2 * lastKeyBytes];
        }
        System.arraycopy(entry.keyArray(), 0, lastKey, 0, lastKeyBytes);
    }

    private void addExpiring(long untilMs) {
        expiring++;
        minExpiryMs = Math.min(minExpiryMs, untilMs);
        maxExpiryMs = Math.max(maxExpiryMs, untilMs);
    }

    void addDataBlock() {
        dataBlocks++;
    }

    long entries() {
        return entries;
    }

    /** Whether the key of an entry is above all keys so far. */
    boolean isBelow(EncodedEntry entry) {
        return entries == 0 || entry.compareKey(lastKey, lastKeyBytes) > 0;
    }

    Key lastKey() {
        return Key.ofStored(Arrays.copyOf(lastKey, lastKeyBytes));
    }

    TableProperties total(TableOptions options) {
        return new TableProperties(
                new TableOrigin(options.cause(), options.level(), options.compression(), options.writtenMs()),
                new EntryCounts(entries, tombstones, forgotten),
                new ExpirySpan(expiring, minExpiryMs, maxExpiryMs),
                new ContentSize(keyBytes, valueBytes, dataBlocks),
                new KeySpan(firstKey, lastKey()),
                new VersionSpan(minVersion, maxVersion));
    }
}
