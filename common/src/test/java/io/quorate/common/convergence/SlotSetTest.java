package io.quorate.common.convergence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class SlotSetTest {
    @RepeatedTest(20)
    void itHasTheSlotsThatASetOfNumbersWouldHave(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        Set<Integer> some = some(random);
        Set<Integer> others = some(random);
        Set<Integer> both = new TreeSet<>(some);
        both.addAll(others);
        Set<Integer> rest = new TreeSet<>(some);
        rest.removeAll(others);
        check(some, set(some));
        check(some, SlotSet.where(some::contains));
        check(both, set(some).with(set(others)));
        check(rest, set(some).without(set(others)));
    }

    private static void check(Set<Integer> expected, SlotSet slots) {
        assertArrayEquals(
                expected.stream().mapToInt(slot -> slot).toArray(),
                slots.stream().toArray());
        assertEquals(expected.size(), slots.size());
        assertEquals(expected.isEmpty(), slots.isEmpty());
        IntStream.range(0, Slots.COUNT).forEach(slot -> assertEquals(expected.contains(slot), slots.contains(slot)));
        BytesWriter out = new BytesWriter(0);
        slots.write(out);
        assertEquals(slots, SlotSet.read(new BytesReader(out.toByteArray())));
    }

    private static SlotSet set(Set<Integer> slots) {
        return SlotSet.of(slots.stream().mapToInt(slot -> slot));
    }

    private static Set<Integer> some(Random random) {
        int perMille = random.nextInt(1_001);
        Set<Integer> some = new TreeSet<>();
        IntStream.range(0, Slots.COUNT)
                .filter(slot -> random.nextInt(1_000) < perMille)
                .forEach(some::add);
        return some;
    }
}
