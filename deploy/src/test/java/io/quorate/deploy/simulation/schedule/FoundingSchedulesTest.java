package io.quorate.deploy.simulation.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoundingSchedulesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anEmptyDiskUnderTheNameOfAFoundedMemberIsAcceptedByNobody(long seed) {
        assertEquals(Optional.empty(), new EmptyDiskUnderAName().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNodeRemembersTheDisksThatItMetAcrossALossOfPowerBeforeItIsFounded(long seed) {
        assertEquals(Optional.empty(), new EmptyDiskBeforeFounding().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aCoordinatorWithoutADiskAcceptsNoEmptyDiskEvenIfItMeetsThatFirst(long seed) {
        assertEquals(Optional.empty(), new EmptyDiskBeforeACoordinator().apply(seed));
    }

    /** Not every seed gets there: some founds all nodes at once. */
    @Test
    void aNodeThatWasAwayAfterItAgreedIsFoundedByAnotherOne() {
        List<Optional<String>> played = new ArrayList<>();
        LongStream.rangeClosed(1, 30).forEach(seed -> play(new AwayDuringFounding(), seed, played));
        assertTrue(played.size() > 2, played::toString);
        played.forEach(finding -> assertEquals(Optional.empty(), finding));
    }

    private static void play(LongFunction<Optional<String>> schedule, long seed, List<Optional<String>> played) {
        try {
            played.add(schedule.apply(seed));
        } catch (IllegalStateException e) {
            // This seed does not get where the schedule is meant to get.
        }
    }
}
