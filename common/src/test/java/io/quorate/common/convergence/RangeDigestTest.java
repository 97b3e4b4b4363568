package io.quorate.common.convergence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RangeDigestTest {
    private static final Value VALUE = Value.of("value");

    @RepeatedTest(50)
    void theOrderOfRegistersLeavesNoTrace(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        List<HeldRecord> held = registers(random);
        List<HeldRecord> shuffled = new ArrayList<>(held);
        Collections.shuffle(shuffled, random);
        assertEquals(digest(held), digest(shuffled));
        assertTrue(digest(held).differences(digest(shuffled)).isEmpty());
    }

    @RepeatedTest(50)
    void oneMissingRegisterShowsInItsSlotAlone(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        List<HeldRecord> held = registers(random);
        List<HeldRecord> fewer = new ArrayList<>(held);
        Key missing = fewer.remove(random.nextInt(held.size())).key();
        assertEquals(SlotSet.of(IntStream.of(Slots.of(missing))), digest(held).differences(digest(fewer)));
    }

    @RepeatedTest(50)
    void oneOlderVersionShowsInItsSlotAlone(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        List<HeldRecord> held = registers(random);
        List<HeldRecord> behind = new ArrayList<>(held);
        int at = random.nextInt(held.size());
        Key key = held.get(at).key();
        behind.set(at, new HeldRecord(key, new Record(new Version(0, 0, 0, random.nextInt(9)), VALUE)));
        assertEquals(SlotSet.of(IntStream.of(Slots.of(key))), digest(held).differences(digest(behind)));
    }

    @Test
    void aTombstoneDiffersFromAValueOfItsVersion() {
        Version version = new Version(1, 2, 3, 4);
        Key key = Key.of("key");
        RangeDigest value = digest(List.of(new HeldRecord(key, new Record(version, VALUE))));
        RangeDigest deleted = digest(List.of(new HeldRecord(key, new Record(version, Tombstone.TOMBSTONE))));
        assertNotEquals(SlotSet.NONE, value.differences(deleted));
    }

    @Test
    void aKeyWithOnlyAProposalIsOpenAndHoldsNothing() {
        RangeDigestBuilder builder = new RangeDigestBuilder();
        builder.add(Key.of("key"), Record.NEVER_WRITTEN, true);
        RangeDigest digest = builder.build();
        assertEquals(SlotSet.of(IntStream.of(Slots.of(Key.of("key")))), digest.openSlots());
        assertTrue(digest.differences(digest(List.of())).isEmpty());
    }

    @RepeatedTest(10)
    void isReadAsItWasWritten(RepetitionInfo seed) {
        RangeDigest digest = digest(registers(new Random(seed.getCurrentRepetition())));
        BytesWriter out = new BytesWriter(16);
        digest.write(out);
        assertEquals(digest, RangeDigest.read(new BytesReader(out.toByteArray())));
    }

    private static List<HeldRecord> registers(Random random) {
        List<HeldRecord> held = new ArrayList<>();
        for (int i = 1 + random.nextInt(2_000); i > 0; i--) {
            Version version = new Version(random.nextLong() | 1, random.nextLong(), i, random.nextInt(3));
            held.add(new HeldRecord(
                    Key.of("key-" + i), new Record(version, random.nextInt(4) == 0 ? Tombstone.TOMBSTONE : VALUE)));
        }
        return held;
    }

    private static RangeDigest digest(List<HeldRecord> held) {
        RangeDigestBuilder builder = new RangeDigestBuilder();
        held.forEach(each -> builder.add(each.key(), each.record(), false));
        return builder.build();
    }
}
