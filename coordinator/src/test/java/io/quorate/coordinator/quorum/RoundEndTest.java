package io.quorate.coordinator.quorum;

import static io.quorate.coordinator.quorum.Decision.MISSED;
import static io.quorate.coordinator.quorum.Decision.PENDING;
import static io.quorate.coordinator.quorum.Decision.REACHED;
import static io.quorate.coordinator.quorum.RoundEnd.AFTER_EVERYONE;
import static io.quorate.coordinator.quorum.RoundEnd.AFTER_PATIENCE;
import static io.quorate.coordinator.quorum.RoundEnd.AT_DECISION;
import static io.quorate.coordinator.quorum.RoundEnd.AT_KNOWN_EFFECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which rounds end, by what has come of them so far. */
class RoundEndTest {
    /** The answers of a round so far, several at a time. */
    private enum Sign {
        EVERYONE_ANSWERED,
        EFFECT_POSSIBLE,
        PATIENT
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row(AT_DECISION, REACHED, true),
                row(AT_DECISION, MISSED, true),
                row(AT_KNOWN_EFFECT, REACHED, true),
                row(AT_KNOWN_EFFECT, MISSED, false),
                row(AT_KNOWN_EFFECT, MISSED, true, Sign.EFFECT_POSSIBLE),
                row(AT_KNOWN_EFFECT, MISSED, true, Sign.EVERYONE_ANSWERED),
                row(AT_KNOWN_EFFECT, REACHED, true, Sign.PATIENT),
                row(AFTER_PATIENCE, REACHED, true),
                row(AFTER_PATIENCE, REACHED, false, Sign.PATIENT),
                row(AFTER_PATIENCE, REACHED, false, Sign.PATIENT, Sign.EFFECT_POSSIBLE),
                row(AFTER_PATIENCE, REACHED, true, Sign.PATIENT, Sign.EVERYONE_ANSWERED),
                row(AFTER_PATIENCE, MISSED, true, Sign.PATIENT),
                row(AFTER_EVERYONE, REACHED, false),
                row(AFTER_EVERYONE, REACHED, true, Sign.EVERYONE_ANSWERED),
                row(AFTER_EVERYONE, MISSED, false, Sign.EFFECT_POSSIBLE),
                row(AFTER_EVERYONE, MISSED, true, Sign.EVERYONE_ANSWERED));
    }

    private static Arguments row(RoundEnd end, Decision decision, boolean isDue, Sign... signs) {
        return Arguments.of(end, decision, Set.of(signs), isDue);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @MethodSource("rows")
    void endsOnlyWhenItsRuleSaysSo(RoundEnd end, Decision decision, Set<Sign> signs, boolean isDue) {
        assertEquals(isDue, isDue(end, decision, signs));
    }

    @ParameterizedTest
    @EnumSource
    void noRoundEndsBeforeItsCountIsDecided(RoundEnd end) {
        assertFalse(isDue(end, PENDING, Set.of()));
        assertFalse(isDue(end, PENDING, Set.of(Sign.EVERYONE_ANSWERED, Sign.EFFECT_POSSIBLE)));
    }

    private static boolean isDue(RoundEnd end, Decision decision, Set<Sign> signs) {
        return end.isDue(
                decision,
                signs.contains(Sign.EVERYONE_ANSWERED),
                signs.contains(Sign.EFFECT_POSSIBLE),
                signs.contains(Sign.PATIENT));
    }
}
