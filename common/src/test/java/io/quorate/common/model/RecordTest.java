package io.quorate.common.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordTest {
    private static final Record VALUE = new Record(new Version(5, 1, 5, 0), Value.of("value"));
    private static final Record DELETED = new Record(new Version(6, 1, 6, 0), Tombstone.TOMBSTONE);
    private static final Record NEW_LIFE = new Record(new Version(7, 1, 7, 0), Value.of("again"));

    @Test
    void ofTwoRecordsOneWinsInEitherOrder() {
        List<Record> ascending = List.of(
                Record.NEVER_WRITTEN,
                VALUE,
                DELETED,
                DELETED.forgotten(Forgotten.NO_ROUND),
                DELETED.forgotten(1),
                DELETED.forgotten(300),
                NEW_LIFE);
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                Record winner = ascending.get(Math.max(i, j));
                assertEquals(winner, Record.newest(ascending.get(i), ascending.get(j)));
                assertEquals(i > j, ascending.get(i).replaces(ascending.get(j)));
            }
        }
    }

    @Test
    void aForgottenTombstoneIsATombstoneOfTheSameVersion() {
        Record forgotten = DELETED.forgotten(3);
        assertTrue(forgotten.isTombstone());
        assertTrue(forgotten.isForgotten());
        assertFalse(DELETED.isForgotten());
        assertFalse(forgotten.isNewerThan(DELETED));
        assertEquals(DELETED.version(), forgotten.version());
        assertEquals(Value.NEVER_EXPIRES, forgotten.expiresAtMs());
    }
}
