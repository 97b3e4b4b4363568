package io.quorate.deploy.linearizability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.linearizability.Operation.Kind;
import io.quorate.deploy.linearizability.Operation.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LinearizabilityCheckerTest {
    private final History history = new History();
    private int processes;

    @Test
    void nothingIsLinearizable() {
        assertLinearizable();
    }

    @Test
    void aReadAfterAWriteSeesIt() {
        put("a", 0, 1);
        get("a", 2, 3);
        assertLinearizable();
    }

    @Test
    void aKeyIsAbsentBeforeItsFirstWrite() {
        getAbsent(0, 1);
        put("a", 2, 3);
        assertLinearizable();
    }

    @Test
    void aReadDuringAWriteMaySeeEitherValue() {
        put("a", 0, 1);
        put("b", 2, 9);
        get("a", 3, 4);
        get("b", 5, 6);
        assertLinearizable();
    }

    @Test
    void concurrentWritesMayHappenInEitherOrder() {
        put("a", 0, 10);
        put("b", 0, 10);
        get("b", 11, 12);
        get("b", 13, 14);
        assertLinearizable();
    }

    @Test
    void aDeleteMakesTheKeyAbsent() {
        put("a", 0, 1);
        delete(2, 3);
        getAbsent(4, 5);
        put("b", 6, 7);
        get("b", 8, 9);
        assertLinearizable();
    }

    @Test
    void operationsThatTouchInTimeAreConcurrent() {
        put("a", 0, 5);
        getAbsent(5, 6);
        assertLinearizable();
    }

    @Test
    void keysAreIndependent() {
        add(Kind.PUT, "k", "a", 0, 1, Outcome.OK);
        add(Kind.GET, "l", null, 2, 3, Outcome.OK);
        assertLinearizable();
    }

    @Test
    void anUnknownWriteMayHaveHappened() {
        put("a", 0, 1);
        unknownPut("b", 2, 3);
        get("b", 10, 11);
        assertLinearizable();
    }

    @Test
    void anUnknownWriteMayHappenLongAfterItsClientGaveUp() {
        put("a", 0, 1);
        unknownPut("b", 2, 3);
        get("a", 10, 11);
        put("c", 12, 13);
        get("b", 20, 21);
        assertLinearizable();
    }

    @Test
    void anUnknownWriteMayNeverHappen() {
        put("a", 0, 1);
        unknownPut("b", 2, 3);
        get("a", 10, 11);
        get("a", 12, 13);
        assertLinearizable();
    }

    @Test
    void anUnknownDeleteMayHappenLateOrNever() {
        put("a", 0, 1);
        add(Kind.DELETE, "k", null, 2, 3, Outcome.UNKNOWN);
        get("a", 4, 5);
        getAbsent(6, 7);
        put("b", 8, 9);
        get("b", 10, 11);
        assertLinearizable();
    }

    @Test
    void oneOfTwoUnknownWritesOfTheSameValueSuffices() {
        put("a", 0, 1);
        unknownPut("b", 2, 3);
        unknownPut("b", 2, 3);
        get("b", 4, 5);
        put("c", 6, 7);
        get("b", 8, 9);
        assertLinearizable();
    }

    @Test
    void aReadWithoutAnAnswerProvesNothing() {
        put("a", 0, 1);
        add(Kind.GET, "k", "nonsense", 2, 3, Outcome.UNKNOWN);
        add(Kind.GET, "k", "nonsense", 2, 3, Outcome.FAIL);
        assertLinearizable();
    }

    @Test
    void aStaleReadIsFound() {
        put("a", 0, 1);
        put("b", 2, 3);
        get("a", 4, 5);
        assertNotLinearizable();
    }

    @Test
    void aLostWriteIsFound() {
        put("a", 0, 1);
        getAbsent(2, 3);
        assertNotLinearizable();
    }

    @Test
    void aWriteThatIsLostLaterIsFound() {
        put("a", 0, 1);
        put("b", 2, 3);
        get("b", 4, 5);
        get("a", 6, 7);
        assertNotLinearizable();
    }

    @Test
    void goingBackInTimeBetweenTwoReadersIsFound() {
        put("a", 0, 1);
        put("b", 2, 100);
        get("b", 10, 20);
        get("a", 30, 40);
        assertNotLinearizable();
    }

    @Test
    void twoReadersThatSeeTwoWritesInDifferentOrdersAreFound() {
        put("a", 0, 100);
        put("b", 0, 100);
        get("a", 10, 11);
        get("b", 12, 13);
        get("a", 14, 15);
        assertNotLinearizable();
    }

    @Test
    void aValueFromNowhereIsFound() {
        put("a", 0, 1);
        get("z", 2, 3);
        assertNotLinearizable();
    }

    @Test
    void aValueReadBeforeItsWriteBeganIsFound() {
        get("a", 0, 1);
        put("a", 2, 3);
        assertNotLinearizable();
    }

    @Test
    void aReadOfARefusedWriteIsFound() {
        put("a", 0, 1);
        add(Kind.PUT, "k", "b", 2, 3, Outcome.FAIL);
        get("b", 4, 5);
        assertNotLinearizable();
    }

    @Test
    void anUnknownWriteThatHappensTwiceIsFound() {
        put("a", 0, 1);
        unknownPut("b", 2, 3);
        get("b", 4, 5);
        put("c", 6, 7);
        get("b", 8, 9);
        assertNotLinearizable();
    }

    @Test
    void anUnknownWriteSeenAndThenUnseenIsFound() {
        put("a", 0, 1);
        unknownPut("b", 2, 3);
        get("b", 4, 5);
        get("a", 6, 7);
        assertNotLinearizable();
    }

    @Test
    void anUnknownWriteSeenBeforeItBeganIsFound() {
        get("b", 0, 1);
        unknownPut("b", 2, 3);
        assertNotLinearizable();
    }

    @Test
    void aDeletedKeyThatComesBackIsFound() {
        put("a", 0, 1);
        delete(2, 3);
        getAbsent(4, 5);
        get("a", 6, 7);
        assertNotLinearizable();
    }

    @Test
    void absenceWithoutADeleteIsFound() {
        put("a", 0, 1);
        get("a", 2, 3);
        getAbsent(4, 5);
        assertNotLinearizable();
    }

    @Test
    void oneUnknownDeleteDoesNotExcuseTwoAbsences() {
        put("a", 0, 1);
        add(Kind.DELETE, "k", null, 2, 3, Outcome.UNKNOWN);
        getAbsent(4, 5);
        put("b", 6, 7);
        get("b", 8, 9);
        getAbsent(10, 11);
        assertNotLinearizable();
    }

    @Test
    void theExplanationNamesTheKeyAndTheReadThatDoesNotFit() {
        put("a", 0, 1);
        put("b", 2, 3);
        get("a", 4, 5);

        String explanation = LinearizabilityChecker.check(history).get(0).explanation();

        assertTrue(explanation.contains("key 'k'"), explanation);
        assertTrue(explanation.contains("get       'a'"), explanation);
    }

    @Test
    void aConditionalWriteReplacesWhatItsConditionNames() {
        put("a", 0, 1);
        putIf("a", "b", 2, 9, Outcome.OK);
        get("a", 3, 4);
        get("b", 10, 11);
        assertLinearizable();
    }

    @Test
    void oneOfTwoConditionalWritesOnTheSameVersionIsRefused() {
        put("a", 0, 1);
        putIf("a", "b", 2, 9, Outcome.OK);
        refused("a", "c", "b", 2, 9);
        get("b", 10, 11);
        assertLinearizable();
    }

    @Test
    void anUnknownConditionalWriteMayHappenLateOrNever() {
        put("a", 0, 1);
        putIf("a", "b", 2, 3, Outcome.UNKNOWN);
        putIf("a", "c", 2, 3, Outcome.UNKNOWN);
        get("a", 4, 5);
        get("b", 6, 7);
        assertLinearizable();
    }

    @Test
    void twoConditionalWritesOnTheSameVersionAreFound() {
        put("a", 0, 1);
        putIf("a", "b", 2, 3, Outcome.OK);
        putIf("a", "c", 2, 3, Outcome.OK);
        assertNotLinearizable();
    }

    @Test
    void anUnknownConditionalWriteAfterItsConditionIsGoneIsFound() {
        put("a", 0, 1);
        putIf("a", "b", 2, 3, Outcome.UNKNOWN);
        put("c", 4, 5);
        get("c", 6, 7);
        get("b", 8, 9);
        assertNotLinearizable();
    }

    @Test
    void aRefusalByWhatIsForgottenAgainIsFound() {
        put("a", 0, 1);
        putIf("a", "b", 2, 90, Outcome.OK);
        refused("a", "c", "b", 4, 5);
        get("a", 6, 7);
        assertNotLinearizable();
    }

    @Test
    void creatingWhatIsThereIsFound() {
        put("a", 0, 1);
        createIf("b", 2, 3, Outcome.OK);
        assertNotLinearizable();
    }

    @Test
    void ofTwoThatCreateOneIsFound() {
        createIf("a", 0, 5, Outcome.OK);
        createIf("b", 0, 5, Outcome.OK);
        assertNotLinearizable();
    }

    @Test
    void anUnknownDeleteLetsAKeyBeCreatedOnce() {
        put("a", 0, 1);
        add(Kind.DELETE, "k", null, 2, 3, Outcome.UNKNOWN);
        createIf("b", 4, 5, Outcome.OK);
        assertLinearizable();
        createIf("c", 6, 7, Outcome.OK);
        assertNotLinearizable();
    }

    @Test
    void aValueWithALifeMayEndOnceAtAnyTime() {
        mortalPut("a", 0, 1, Outcome.OK);
        get("a", 2, 3);
        getAbsent(4, 5);
        put("b", 6, 7);
        get("b", 8, 9);
        assertLinearizable();
        getAbsent(10, 11);
        assertNotLinearizable();
    }

    /** Nobody reads that the key is absent. Only one of two attempts at its creation needs it. */
    @Test
    void aValueMayEndForACreationThatWasTriedTwice() {
        mortalPut("a", 0, 1, Outcome.OK);
        createIf("b", 2, 3, Outcome.UNKNOWN);
        createIf("b", 2, 3, Outcome.UNKNOWN);
        get("b", 4, 5);
        assertLinearizable();
        get("a", 6, 7);
        assertNotLinearizable();
    }

    @Test
    void aValueThatIsBackAfterItsEndIsFound() {
        mortalPut("a", 0, 1, Outcome.OK);
        getAbsent(2, 3);
        get("a", 4, 5);
        assertNotLinearizable();
    }

    @Test
    void anUnknownValueMayEndBeforeAnybodySeesIt() {
        put("a", 0, 1);
        mortalPut("b", 2, 3, Outcome.UNKNOWN);
        get("a", 4, 5);
        getAbsent(6, 7);
        assertLinearizable();
    }

    private void putIf(String expected, String value, long start, long end, Outcome outcome) {
        conditional(
                Condition.version("@" + expected),
                value,
                outcome == Outcome.OK ? "@" + value : null,
                start,
                end,
                outcome);
    }

    private void refused(String expected, String value, String found, long start, long end) {
        conditional(Condition.version("@" + expected), value, "@" + found, start, end, Outcome.FAIL);
    }

    private void createIf(String value, long start, long end, Outcome outcome) {
        conditional(Condition.ABSENT, value, "@" + value, start, end, outcome);
    }

    private void conditional(Condition condition, String value, String version, long start, long end, Outcome outcome) {
        history.add(new Operation(
                processes++,
                Kind.PUT_IF,
                "k",
                Optional.of(condition),
                Optional.of(value),
                Optional.empty(),
                Optional.ofNullable(version),
                start,
                end,
                outcome));
    }

    private void mortalPut(String value, long start, long end, Outcome outcome) {
        history.add(new Operation(
                processes++,
                Kind.PUT,
                "k",
                Optional.empty(),
                Optional.of(value),
                Optional.of(1L),
                Optional.empty(),
                start,
                end,
                outcome));
    }

    private void put(String value, long start, long end) {
        add(Kind.PUT, "k", value, start, end, Outcome.OK);
    }

    private void unknownPut(String value, long start, long end) {
        add(Kind.PUT, "k", value, start, end, Outcome.UNKNOWN);
    }

    private void delete(long start, long end) {
        add(Kind.DELETE, "k", null, start, end, Outcome.OK);
    }

    private void get(String value, long start, long end) {
        add(Kind.GET, "k", value, start, end, Outcome.OK);
    }

    private void getAbsent(long start, long end) {
        add(Kind.GET, "k", null, start, end, Outcome.OK);
    }

    private void add(Kind kind, String key, String value, long start, long end, Outcome outcome) {
        Optional<String> version = Optional.ofNullable(outcome == Outcome.OK && value != null ? "@" + value : null);
        Optional<Condition> none = Optional.empty();
        history.add(new Operation(
                processes++,
                kind,
                key,
                none,
                Optional.ofNullable(value),
                Optional.empty(),
                version,
                start,
                end,
                outcome));
    }

    private void assertLinearizable() {
        LinearizabilityChecker.assertLinearizable(history);
    }

    private void assertNotLinearizable() {
        assertEquals(1, LinearizabilityChecker.check(history).size());
    }
}
