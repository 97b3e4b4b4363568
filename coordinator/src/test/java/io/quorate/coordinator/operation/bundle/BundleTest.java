package io.quorate.coordinator.operation.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.function.Add;
import io.quorate.coordinator.operation.function.Add.AbsentNumber;
import io.quorate.coordinator.operation.function.Add.SumBounds;
import io.quorate.coordinator.operation.function.Append;
import io.quorate.coordinator.operation.function.FunctionReport;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusal;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusalReason;
import io.quorate.coordinator.operation.function.PutIfAbsent;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static Add addUpTo(long amount, long max) {
        return new Add(amount, new SumBounds(0, max), AbsentNumber.ZERO, Value.NEVER_EXPIRES);
    }

    private static boolean isMade(FunctionReport report) {
        return report.verdict().made().isPresent();
    }

    @Test
    void eachFunctionMeetsWhatThoseBeforeItLeft() {
        Bundle bundle = new Bundle(Value.of("4"));
        bundle.add(addUpTo(5, 10));
        bundle.add(addUpTo(5, 10));
        bundle.add(addUpTo(1, 10));
        assertEquals(Value.of("10"), bundle.content());
        assertTrue(isMade(bundle.report(0)));
        assertEquals(1, bundle.report(1).changesBefore());
        assertEquals(
                FunctionRefusalReason.OUT_OF_BOUNDS,
                ((FunctionRefusal) bundle.report(1).verdict()).reason());
        assertTrue(isMade(bundle.report(2)));
    }

    @Test
    void onlyTheLastChangeAndRefusalsAtTheEndsKnowARegister() {
        Bundle bundle = new Bundle(Value.of("4"));
        bundle.add(addUpTo(9, 10));
        bundle.add(addUpTo(1, 10));
        bundle.add(addUpTo(9, 10));
        bundle.add(addUpTo(1, 10));
        bundle.add(addUpTo(9, 10));
        assertTrue(bundle.report(0).isRegister());
        assertFalse(bundle.report(1).isRegister());
        assertFalse(bundle.report(2).isRegister());
        assertTrue(bundle.report(3).isRegister());
        assertTrue(bundle.report(4).isRegister());
    }

    @Test
    void theFirstOfTwoPutsMakesTheValue() {
        Bundle bundle = new Bundle(Tombstone.TOMBSTONE);
        bundle.add(new PutIfAbsent(Value.of("a")));
        bundle.add(new PutIfAbsent(Value.of("b")));
        assertEquals(Value.of("a"), bundle.content());
        assertTrue(bundle.metNone(0));
        assertFalse(bundle.metNone(1));
        assertFalse(isMade(bundle.report(1)));
    }

    @Test
    void nothingChangesIfAllAreRefused() {
        Bundle bundle = new Bundle(Value.of("a"));
        bundle.add(addUpTo(1, 10));
        bundle.add(new PutIfAbsent(Value.of("b")));
        assertFalse(bundle.hasChanged());
    }

    @Test
    void itsRoomIsBoundedByFunctionsAndByCopiedBytes() {
        Bundle many = new Bundle(Tombstone.TOMBSTONE);
        for (int i = 0; i < Bundle.FUNCTIONS_MAX; i++) {
            assertTrue(many.hasRoom());
            many.add(addUpTo(1, Long.MAX_VALUE));
        }
        assertFalse(many.hasRoom());
        Bundle longer = new Bundle(Value.of("v".repeat(1 << 20)));
        for (int i = 0; i < 4; i++) {
            assertTrue(longer.hasRoom());
            longer.add(new Append(Value.of("v"), Integer.MAX_VALUE));
        }
        assertFalse(longer.hasRoom());
    }
}
