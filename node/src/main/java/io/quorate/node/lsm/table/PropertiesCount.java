package io.quorate.node.lsm.table;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.table.TableProperties.ContentSize;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableProperties.ExpirySpan;
import io.quorate.node.lsm.table.TableProperties.KeySpan;
import io.quorate.node.lsm.table.TableProperties.TableOrigin;
import io.quorate.node.lsm.table.TableProperties.VersionSpan;

/** Counts what goes into a table. */
final class PropertiesCount {
    private long entries;
    private long tombstones;
    private long expiring;
    private long minExpiryMs = Value.NEVER_EXPIRES;
    private long maxExpiryMs;
    private long keyBytes;
    private long valueBytes;
    private long dataBlocks;
    private Key firstKey;
    private Key lastKey;
    private Version minVersion;
    private Version maxVersion = Version.ZERO;

    void add(Key key, Record record) {
        if (entries == 0) {
            firstKey = key;
            minVersion = record.version();
        }
        entries++;
        lastKey = key;
        keyBytes += key.length();
        minVersion = record.version().isAfter(minVersion) ? minVersion : record.version();
        maxVersion = Version.max(maxVersion, record.version());
        if (record.content() instanceof Value value) {
            valueBytes += value.bytes().length;
            boolean hasSomethingToLose = value.bytes().length > 0;
            if (value.expires() && hasSomethingToLose) {
                addExpiring(record.neededUntilMs());
            }
        } else if (!Keyspace.isHint(key)) {
            tombstones++;
        }
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

    Key lastKey() {
        return lastKey;
    }

    TableProperties total(TableOptions options) {
        return new TableProperties(
                new TableOrigin(options.cause(), options.level(), options.compression()),
                new EntryCounts(entries, tombstones),
                new ExpirySpan(expiring, minExpiryMs, maxExpiryMs),
                new ContentSize(keyBytes, valueBytes, dataBlocks),
                new KeySpan(firstKey, lastKey),
                new VersionSpan(minVersion, maxVersion));
    }
}
