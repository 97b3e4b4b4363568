package io.quorate.node.lsm.view;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static io.quorate.node.lsm.view.ExpectedVersion.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.format.Keyspace;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewestVersionsTest {
    private static final int ONE_SET = 4 * 56;
    private static final Key KEY = Keyspace.DATA.stored(Key.of("key"));

    private final NewestVersions versions = new NewestVersions(100 * ONE_SET, Version.ZERO, () -> 1);

    private static Version version(long timestamp) {
        return new Version(timestamp, ~timestamp, 3 * timestamp, 5 * timestamp);
    }

    private static Record value(long timestamp) {
        return new Record(version(timestamp), Value.of("v"));
    }

    private static Key key(int i) {
        return Keyspace.DATA.stored(Key.of("key-" + i));
    }

    private static void put(NewestVersions to, Key key, Record record) {
        to.newestInMemtable(key.bytes(), record);
        to.published();
    }

    private Optional<NewestVersion> put(Key key, Record record) {
        put(versions, key, record);
        return versions.get(key);
    }

    @Test
    void aNewKeyAndEachNewerRecordAreKnown() {
        assertEquals(Optional.empty(), versions.get(KEY));
        assertEquals(Optional.of(of(value(7))), put(KEY, value(7)));
        assertEquals(Optional.of(of(value(9))), put(KEY, value(9)));
        assertEquals(Optional.of(of(value(9))), put(KEY, value(8)), "an older one");
    }

    /** A reader that hears of a version must find its record. One that found a record must hear of no older version. */
    @Test
    void aVersionIsUnknownWhileItsRecordBecomesVisible() {
        put(KEY, value(7));
        versions.newestInMemtable(KEY.bytes(), value(9));
        assertEquals(Optional.empty(), versions.get(KEY));
        versions.published();
        assertEquals(Optional.of(of(value(9))), versions.get(KEY));
    }

    @Test
    void theLastRecordOfAGroupIsKnown() {
        versions.newestInMemtable(KEY.bytes(), value(7));
        versions.newestInMemtable(KEY.bytes(), value(9));
        versions.newestInMemtable(key(1).bytes(), new Record(version(8), TOMBSTONE));
        versions.newestInMemtable(key(1).bytes(), value(8).forgotten(1));
        versions.published();
        assertEquals(Optional.of(of(value(9))), versions.get(KEY));
        assertEquals(Optional.empty(), versions.get(key(1)));
    }

    @Test
    void keysOfManyWordsAreToldApart() {
        for (int i = 1; i <= 40; i++) {
            put(Keyspace.DATA.stored(Key.of("users/" + i + "/the-same-end-of-all-these-keys")), value(i));
        }
        for (int i = 1; i <= 40; i++) {
            Key key = Keyspace.DATA.stored(Key.of("users/" + i + "/the-same-end-of-all-these-keys"));
            assertEquals(Optional.of(of(value(i))), versions.get(key), key::toString);
        }
    }

    @Test
    void anExpiryAndATombstoneAreKnown() {
        Record expiring = new Record(version(1), Value.of(new byte[0], Value.DEFAULT_CONTENT_TYPE, 1_000));
        assertEquals(Optional.of(of(expiring)), put(KEY, expiring));
        Record tombstone = new Record(version(2), TOMBSTONE);
        assertEquals(Optional.of(of(tombstone)), put(KEY, tombstone));
        assertTrue(versions.get(KEY).orElseThrow().tombstone());
    }

    /** A forgotten tombstone shows no version, and a reply without a register tells more. */
    @Test
    void whatIsForgottenIsNotKnown() {
        assertEquals(Optional.empty(), put(KEY, value(5).forgotten(1)));
        put(KEY, new Record(version(6), TOMBSTONE));
        assertEquals(Optional.of(of(new Record(version(6), TOMBSTONE))), put(KEY, value(5).forgotten(1)));
        assertEquals(Optional.empty(), put(KEY, value(6).forgotten(1)));
        put(KEY, value(7));
        assertEquals(Optional.empty(), put(KEY, value(8).forgotten(1)));
    }

    /** A table may have a newer record of a key that is not here. */
    @Test
    void aRecordThatIsNotAboveAllTablesDoesNotEnter() {
        NewestVersions opened = new NewestVersions(ONE_SET, version(100), () -> 1);
        put(opened, KEY, value(100));
        assertEquals(Optional.empty(), opened.get(KEY));
        put(opened, KEY, value(101));
        assertEquals(Optional.of(of(value(101))), opened.get(KEY));
    }

    @Test
    void aRecordThatIsNotAboveAllOlderMemtablesDoesNotEnter() {
        put(key(1), value(10));
        assertEquals(Optional.of(of(value(5))), put(key(2), value(5)), "in the same memtable");
        versions.beginMemtable();
        assertEquals(Optional.empty(), put(key(3), value(10)));
        assertEquals(Optional.of(of(value(8))), put(key(2), value(8)), "it is known what the key holds");
        assertEquals(Optional.of(of(value(11))), put(key(3), value(11)));
    }

    @Test
    void itHasAFixedNumberOfKeysAndIsExactAboutEach() {
        NewestVersions few = new NewestVersions(2 * ONE_SET, Version.ZERO, () -> 1);
        for (int i = 1; i <= 50; i++) {
            put(few, key(i), value(i));
            assertEquals(Optional.of(of(value(i))), few.get(key(i)));
        }
        int known = 0;
        for (int i = 1; i <= 50; i++) {
            Optional<NewestVersion> version = few.get(key(i));
            assertTrue(version.isEmpty() || version.get().equals(of(value(i))), "key " + i);
            known += version.isPresent() ? 1 : 0;
        }
        assertEquals(8, known);
    }

    @Test
    void withoutMemoryNothingIsKnown() {
        NewestVersions none = new NewestVersions(ONE_SET - 1, Version.ZERO, () -> 1);
        put(none, KEY, value(1));
        assertEquals(Optional.empty(), none.get(KEY));
    }

    /** A ballot is no version of a register. It must not keep later registers out. */
    @Test
    void onlyRegistersAreKnown() {
        Key promise = Keyspace.CONSENSUS.stored(Key.of("key"));
        assertEquals(Optional.empty(), put(promise, value(1_000)));
        versions.beginMemtable();
        assertEquals(Optional.of(of(value(1))), put(KEY, value(1)));
    }
}
