package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Content;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.function.Append;
import io.quorate.coordinator.operation.function.PutIfAbsent;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.quorate.coordinator.operation.scan.PageQuery;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations in flight take places of the limit, which is 32 at first, until they end. */
class TakenPlacesTest {
    private static final int LIMIT = 32;
    private static final Value SMALL = Value.of("v");
    private static final Value LARGE = Value.of(new byte[1 << 20], Value.DEFAULT_CONTENT_TYPE);

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final Coordinator coordinator = cluster.coordinator();
    private final OneAddress address = new OneAddress();
    private final OperationOptions options =
            new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100).askedBy("", address);
    private final List<Outcome> outcomes = new ArrayList<>();

    private void write(int operations, Content content) {
        for (int i = 0; i < operations; i++) {
            coordinator.write(Key.of("k" + i), content, options, outcomes::add);
        }
    }

    @Test
    void smallOperationsTakeOnePlaceEachUntilTheyEnd() {
        write(LIMIT - 1, SMALL);
        assertTrue(coordinator.takesMore());
        write(1, SMALL);
        assertFalse(coordinator.takesMore());
        assertEquals(LIMIT, address.places);
        time.pass(200);
        assertEquals(LIMIT, outcomes.size());
        assertTrue(coordinator.takesMore());
        assertEquals(0, address.places);
    }

    @Test
    void twoLargeWritesTakeAllPlacesAndOthersGoOnBeyond() {
        write(2, LARGE);
        assertFalse(coordinator.takesMore());
        assertTrue(coordinator.takesMoreBeyondLimit());
        time.pass(200);
        assertTrue(coordinator.takesMore());
    }

    @Test
    void beyondTheLimitThereIsAnEndToo() {
        write(2 * LIMIT, SMALL);
        assertFalse(coordinator.takesMoreBeyondLimit());
        time.pass(200);
        write(8, LARGE);
        assertFalse(coordinator.takesMoreBeyondLimit(), "four times the limit, by places");
    }

    @Test
    void aReadTakesAsManyPlacesAsTheValuesThatItsAddressFoundOfLate() {
        write(1, LARGE);
        time.pass(200);
        coordinator.read(Key.of("k0"), options, outcomes::add);
        assertEquals(1, address.places, "nothing is known");
        time.pass(200);
        coordinator.read(Key.of("k0"), options, outcomes::add);
        assertEquals(16, address.places);
        time.pass(200);
        for (int i = 0; i < 100; i++) {
            coordinator.read(Key.of("absent"), options, outcomes::add);
            time.pass(10);
        }
        coordinator.read(Key.of("absent"), options, outcomes::add);
        assertEquals(1, address.places, "absent keys have no large values");
    }

    private void append(String key) {
        coordinator.change(Key.of(key), new Append(SMALL, Integer.MAX_VALUE), options, outcomes::add);
    }

    @Test
    void anAppendTakesThePlacesOfTheWholeValueThatItWrites() {
        write(2, LARGE);
        time.pass(200);
        append("k0");
        assertEquals(1, address.places, "nothing is known");
        time.pass(200);
        append("k0");
        append("k1");
        assertEquals(32, address.places);
        time.pass(200);
        assertEquals(0, address.places);
        coordinator.read(Key.of("k0"), options, outcomes::add);
        assertEquals(16, address.places, "reads know it too");
    }

    @Test
    void anAppendOnceTakesThePlacesOfTheWholeValueToo() {
        write(1, LARGE);
        time.pass(200);
        appendOnce(1);
        assertEquals(1, address.places, "nothing is known");
        time.pass(200);
        appendOnce(2);
        assertEquals(16, address.places);
    }

    private void appendOnce(int number) {
        IdempotentRequest request = new IdempotentRequest(new RequestId(number, number), number, 60_000);
        coordinator.changeOnce(Key.of("k0"), new Append(SMALL, Integer.MAX_VALUE), request, options, outcomes::add);
    }

    @Test
    void functionsThatAreAppliedTogetherTakeThePlacesOfOneValue() {
        write(1, LARGE);
        time.pass(200);
        append("k0");
        time.pass(200);
        for (int i = 0; i < 5; i++) {
            append("k0");
        }
        assertEquals(16 + 4, address.places);
    }

    /** The next bundle writes the whole value again. */
    @Test
    void theFirstFunctionOfEachBundleTakesThePlacesOfTheValue() {
        write(1, LARGE);
        time.pass(200);
        append("k0");
        time.pass(200);
        append("k0");
        time.pass(2); // what is in the bundle is settled, and it is not stored yet
        append("k0");
        append("k0");
        assertEquals(16 + 16 + 1, address.places);
    }

    @Test
    void aFunctionThatReplacesTheValueTakesOnlyWhatItCarries() {
        write(1, LARGE);
        time.pass(200);
        coordinator.read(Key.of("k0"), options, outcomes::add);
        time.pass(200);
        coordinator.change(Key.of("k0"), new PutIfAbsent(SMALL), options, outcomes::add);
        assertEquals(1, address.places);
    }

    private void scan(boolean withValues) {
        PageQuery page = new PageQuery(KeyRange.ALL, Direction.ASCENDING, withValues, PageQuery.ENTRIES_MAX);
        coordinator.scan(page, options, outcomes::add);
    }

    @Test
    void aPageOfValuesTakesAsManyPlacesAsThePagesThatItsAddressFoundOfLate() {
        write(4, Value.of(new byte[50_000], Value.DEFAULT_CONTENT_TYPE));
        time.pass(200);
        scan(true);
        assertEquals(1, address.places, "nothing is known");
        time.pass(200);
        scan(true);
        assertEquals(1 + 200_000 / (64 << 10), address.places);
        time.pass(200);
        scan(false);
        assertEquals(1, address.places, "a page of keys has no values");
        time.pass(200);
        coordinator.read(Key.of("k0"), options, outcomes::add);
        assertEquals(1, address.places, "a page is no value");
    }
}
