package io.quorate.common.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassSharesTest {
    private static final int LIMIT = 32;
    private static final long GIVE_WAY_NS = TimeUnit.MILLISECONDS.toNanos(ClassShares.GIVE_WAY_MS_MIN);

    private final ClassShares shares = new ClassShares();
    private long nowNs = Long.MAX_VALUE - GIVE_WAY_NS / 2;

    private boolean admits(RequestClass of) {
        return shares.admits(of, LIMIT, nowNs);
    }

    /** How many begin until the first is refused, or all of the limit. */
    private int begun(RequestClass of) {
        int begun = 0;
        while (begun < LIMIT && admits(of)) {
            shares.began(of);
            begun++;
        }
        return begun;
    }

    @ParameterizedTest
    @EnumSource
    void everyClassAloneHasAllOfTheLimit(RequestClass of) {
        if (of.mayBeShed()) {
            shares.late(of, nowNs);
        }
        assertEquals(LIMIT, begun(of));
    }

    @Test
    void writesKeepHalfAndBulkKeepsAQuarterOnceReadsWereLate() {
        shares.late(RequestClass.READ, nowNs);
        assertEquals(LIMIT, begun(RequestClass.READ));
        assertEquals(LIMIT / 2, begun(RequestClass.WRITE));
        assertEquals(LIMIT / 4, begun(RequestClass.BULK));
    }

    @Test
    void bulkGivesWayToWrites() {
        shares.late(RequestClass.WRITE, nowNs);
        assertEquals(LIMIT, begun(RequestClass.READ));
        assertEquals(LIMIT, begun(RequestClass.WRITE));
        assertEquals(LIMIT / 4, begun(RequestClass.BULK));
    }

    @Test
    void lateBulkHoldsNobodyBack() {
        shares.late(RequestClass.BULK, nowNs);
        assertFalse(shares.givesWay(RequestClass.WRITE));
        assertEquals(LIMIT, begun(RequestClass.WRITE));
    }

    @Test
    void healthAndAdminAreNeverRefused() {
        for (RequestClass each : RequestClass.values()) {
            shares.late(each, nowNs);
        }
        assertEquals(LIMIT, begun(RequestClass.HEALTH));
        assertFalse(RequestClass.HEALTH.mayBeShed());
        assertFalse(RequestClass.ADMIN.mayBeShed());
    }

    @Test
    void aPlaceThatBecomesFreeWithinTheShareIsTaken() {
        shares.late(RequestClass.READ, nowNs);
        begun(RequestClass.BULK);
        assertFalse(admits(RequestClass.BULK));
        shares.ended(RequestClass.BULK);
        assertTrue(admits(RequestClass.BULK));
    }

    @Test
    void aClassHasAllAgainWhenNoneAboveWasLateForAWhile() {
        shares.late(RequestClass.READ, nowNs);
        assertEquals(LIMIT / 4, begun(RequestClass.BULK));
        nowNs += GIVE_WAY_NS - 1;
        assertFalse(admits(RequestClass.BULK));
        nowNs++;
        assertTrue(admits(RequestClass.BULK));
        assertFalse(shares.givesWay(RequestClass.BULK));
    }

    /** For how long writes give way if reads are late as soon as writes do not give way any more. */
    private List<Long> whileReadsAreLateAtOnce(int times) {
        List<Long> lastsMs = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            shares.late(RequestClass.READ, nowNs);
            long ms = 0;
            for (; shares.givesWay(RequestClass.BULK); ms++) {
                nowNs += TimeUnit.MILLISECONDS.toNanos(1);
                admits(RequestClass.BULK);
            }
            lastsMs.add(ms);
        }
        return lastsMs;
    }

    @Test
    void underALastingOverloadAClassGivesWayForLongerEachTime() {
        assertEquals(List.of(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L), whileReadsAreLateAtOnce(7));
    }

    /** At a bit more than the cluster can do, it takes a while until requests are late again. */
    @Test
    void aMildOverloadLastsToo() {
        whileReadsAreLateAtOnce(1);
        nowNs += TimeUnit.SECONDS.toNanos(2);
        assertEquals(List.of(1_000L), whileReadsAreLateAtOnce(1));
    }

    @Test
    void afterOnePauseOfTheMachineItGivesWayShortly() {
        whileReadsAreLateAtOnce(3);
        nowNs += TimeUnit.MILLISECONDS.toNanos(ClassShares.SOON_MS);
        assertEquals(List.of(500L, 1_000L), whileReadsAreLateAtOnce(2));
    }

    @Test
    void furtherLateRequestsMeanwhileKeepItSoAndMakeItNoLonger() {
        for (int i = 0; i < 100; i++) {
            shares.late(RequestClass.READ, nowNs);
            nowNs += TimeUnit.MILLISECONDS.toNanos(100);
        }
        assertEquals(List.of(500L), whileReadsAreLateAtOnce(1));
    }

    @Test
    void oneOperationOfEachClassGoesOnWithTheLeastLimit() {
        shares.late(RequestClass.READ, nowNs);
        assertTrue(shares.admits(RequestClass.BULK, 1, nowNs));
    }
}
