package io.quorate.coordinator.api.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.BadRequest;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanCursorTest {
    private static final ApiLimits OPTIONS = new ApiLimits(1024, 2_000, 60_000, 60_000);
    private static final KeyRange RANGE = KeyRange.ofPrefix(Key.of("p"));
    private static final String CURSOR = ScanCursor.of(RANGE, Direction.ASCENDING, Key.of("pm"));

    @Test
    void aCursorGoesOnBehindItsKey() {
        assertEquals(
                new KeyRange(Optional.of(Key.of("pm\0")), Optional.of(Key.of("q"))),
                ScanCursor.rest(CURSOR, RANGE, Direction.ASCENDING));
        String descending = ScanCursor.of(RANGE, Direction.DESCENDING, Key.of("pm"));
        assertEquals(
                new KeyRange(Optional.of(Key.of("p")), Optional.of(Key.of("pm"))),
                ScanCursor.rest(descending, RANGE, Direction.DESCENDING));
    }

    @Test
    void aCursorIsTheSameOnEveryNodeAndInEveryReleaseOfThisFormat() {
        assertEquals("AQAj5Qdc0Y6EX3BtqXXSeQ", CURSOR);
        assertEquals("AQEj5Qdc0Y6EX3BtPgQluA", ScanCursor.of(RANGE, Direction.DESCENDING, Key.of("pm")));
    }

    @Test
    void theCursorOfTheLongestKeyIsAsLongAsSaid() {
        byte[] longest = new byte[Key.BYTES_MAX];
        Arrays.fill(longest, (byte) 'p');
        String cursor = ScanCursor.of(RANGE, Direction.ASCENDING, Key.of(longest));
        assertTrue(cursor.length() <= ScanCursor.CHARS_MAX);
        ScanCursor.rest(cursor, RANGE, Direction.ASCENDING);
    }

    @Test
    void aCursorOfAnotherScanIsRefusedWithWhatDiffers() {
        assertRefused("reverse=false", () -> ScanCursor.rest(CURSOR, RANGE, Direction.DESCENDING));
        assertRefused(
                "another range", () -> ScanCursor.rest(CURSOR, KeyRange.ofPrefix(Key.of("o")), Direction.ASCENDING));
        assertRefused("another range", () -> ScanCursor.rest(CURSOR, KeyRange.ALL, Direction.ASCENDING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "====", "AQ", "AQAAAAAAAAAAAAAAAAAAAAAA", "not base64!"})
    void whatIsNoCursorIsRefused(String text) {
        assertRefused("damaged", () -> ScanCursor.rest(text, RANGE, Direction.ASCENDING));
    }

    @Test
    void anyChangedCharacterIsNoticed() {
        for (int i = 0; i < CURSOR.length() - 1; i++) {
            char other = CURSOR.charAt(i) == 'A' ? 'B' : 'A';
            String changed = CURSOR.substring(0, i) + other + CURSOR.substring(i + 1);
            assertRefused("damaged", () -> ScanCursor.rest(changed, RANGE, Direction.ASCENDING));
        }
    }

    @Test
    void prefixStartAndEndAreIntersected() {
        ScanParameters parameters = parse("prefix=p&start=pb&end=z");
        assertEquals(new KeyRange(Optional.of(Key.of("pb")), Optional.of(Key.of("q"))), parameters.range());
        assertEquals(parameters.range(), parameters.rest());
        assertTrue(parse("prefix=p&start=q").range().isEmpty());
        assertEquals(KeyRange.ALL, parse("prefix=&start=&end=").range());
    }

    @Test
    void keysInAQueryAreAnyBytes() {
        assertEquals(
                Optional.of(Key.of(new byte[] {0, -1, ' ', '+'})),
                parse("start=%00%FF+%2B").range().start());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=-1",
                "limit=99999999999",
                "limit=ten",
                "reverse=1",
                "values=no",
                "cursor=abc",
                "start=%4",
                "explain=2",
                "consistency=some",
                "prefix=a&prefix=b",
                "sort=asc"
            })
    void aParameterThatIsWrongIsRefused(String text) {
        assertThrows(BadRequest.class, () -> parse(text));
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        assertRefused("at most 4096", () -> parse("prefix=" + "k".repeat(Key.BYTES_MAX + 1)));
    }

    private static ScanParameters parse(String text) {
        return ScanParameters.parse(text, false, OPTIONS);
    }

    private static void assertRefused(String reason, Executable request) {
        BadRequest refusal = assertThrows(BadRequest.class, request);
        assertEquals(400, refusal.status());
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }
}
