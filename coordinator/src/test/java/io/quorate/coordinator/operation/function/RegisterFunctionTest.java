package io.quorate.coordinator.operation.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.Content;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.function.Add.AbsentNumber;
import io.quorate.coordinator.operation.function.Add.SumBounds;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusalReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterFunctionTest {
    private static final Content NONE = Tombstone.TOMBSTONE;

    private static Add add(long amount, long min, long max) {
        return new Add(amount, new SumBounds(min, max), AbsentNumber.ZERO, Value.NEVER_EXPIRES);
    }

    private static Add add(long amount) {
        return add(amount, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** The bytes that the function made, or the reason of its refusal. */
    private static String on(Content before, RegisterFunction function) {
        return function.on(before).match(made -> new String(((Value) made).bytes(), UTF_8), refusal -> refusal.reason()
                .name());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 5",
        "-3, 5, 2",
        "9223372036854775806, 1, 9223372036854775807",
        "9223372036854775807, 1, OVERFLOW",
        "-9223372036854775808, -1, OVERFLOW",
        "-9223372036854775808, 9223372036854775807, -1"
    })
    void anAddHas64Bits(String before, long amount, String after) {
        assertEquals(after, on(Value.of(before), add(amount)));
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 10", "5, 6, OUT_OF_BOUNDS", "5, -5, 0", "5, -6, OUT_OF_BOUNDS"})
    void theSumMayBeEachBound(String before, long amount, String after) {
        assertEquals(after, on(Value.of(before), add(amount, 0, 10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1\n", "+1", "-0", "007", "1.0", "1e3", "9223372036854775808", "one", "١"})
    void otherTextsAreNoNumbers(String text) {
        assertEquals(FunctionRefusalReason.NOT_A_NUMBER.name(), on(Value.of(text), add(1)));
    }

    @Test
    void anAddMakesATextOfAnAbsentKeyOrIsRefused() {
        Value made = (Value) add(7).on(NONE).made().orElseThrow();
        assertEquals("7", new String(made.bytes(), UTF_8));
        assertEquals(Add.CONTENT_TYPE, made.contentType());
        Add strict = new Add(7, SumBounds.NONE, AbsentNumber.REFUSED, Value.NEVER_EXPIRES);
        assertEquals("ABSENT", on(NONE, strict));
    }

    @Test
    void aChangedValueKeepsItsTypeAndItsEndUnlessTheFunctionStatesOne() {
        Value before = Value.of("1".getBytes(UTF_8), "text/counter", 5_000);
        assertEquals(
                Value.of("3".getBytes(UTF_8), "text/counter", 5_000),
                add(2).on(before).made().orElseThrow());
        Add ending = new Add(2, SumBounds.NONE, AbsentNumber.ZERO, 9_000);
        assertEquals(
                Value.of("3".getBytes(UTF_8), "text/counter", 9_000),
                ending.on(before).made().orElseThrow());
        Append tail = new Append(Value.of("x".getBytes(UTF_8), "text/tail"), 10);
        assertEquals(
                Value.of("1x".getBytes(UTF_8), "text/counter", 5_000),
                tail.on(before).made().orElseThrow());
        assertEquals(tail.tail(), tail.on(NONE).made().orElseThrow());
    }

    @Test
    void anAppendEndsAtTheLongestValue() {
        assertEquals("12345", on(Value.of("123"), new Append(Value.of("45"), 5)));
        assertEquals("TOO_LONG", on(Value.of("1234"), new Append(Value.of("45"), 5)));
        assertEquals("TOO_LONG", on(NONE, new Append(Value.of("123456"), 5)));
    }

    @Test
    void aPutLooksAtTheBytesThere() {
        PutIfValue swap = new PutIfValue(Value.of("old"), Value.of("new"));
        assertEquals("new", on(Value.of("old".getBytes(UTF_8), "text/any"), swap));
        assertEquals("NOT_EQUAL", on(Value.of("other"), swap));
        assertEquals("ABSENT", on(NONE, swap));
        assertEquals("new", on(NONE, new PutIfAbsent(Value.of("new"))));
        assertEquals("PRESENT", on(Value.of(""), new PutIfAbsent(Value.of("new"))));
    }
}
