package io.quorate.coordinator.replica.delay;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The delays of one replica for requests of one effort: those of its last answers, and the age of its oldest unanswered
 * request.
 *
 * <p>A delay is compared with the same delay of the best other replica. It is bad above a multiple of that, and good
 * below a smaller multiple. Delays of a few milliseconds are never bad: to go around them would gain nothing.
 */
final class EffortDelays {
    /** Fewer answers are no evidence: one pause for garbage collection would decide. */
    static final int ANSWERS_MIN = 5;

    /** One answer of five that is late makes a replica slow. */
    private static final int PERCENT = 80;

    /** After so many ticks without an answer, the window says nothing about now. */
    private static final int TICKS_KNOWN = 100;

    private static final long BAD_NS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final int BAD_TIMES = 4;
    private static final long GOOD_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int GOOD_TIMES = 3;
    /** A single request that waits longer than this is evidence by itself. */
    private static final long STUCK_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int STUCK_TIMES = 8;

    /**
     * A pause of this process makes all answers late, and the tick after it may come before them. So one tick alone
     * proves nothing.
     */
    private static final int BAD_TICKS = 2;

    /**
     * After so many ticks that were not bad, a replica is good. A peer at some distance is always between bad and good.
     * Without this, a single incident would make it slow for ever.
     */
    private static final int CALM_TICKS = 100;

    private final DelayWindow window = new DelayWindow();
    private final UnansweredRequests unanswered = new UnansweredRequests();
    private int ticksWithoutAnswer;
    private int badTicks;
    private int calmTicks;
    /** How many answers are missing until the last bad tick is forgotten. */
    private int answersToProve;
    /** Of the window, as of the last tick. */
    private OptionalLong delayNs = OptionalLong.empty();
    /** The best of the others, as of the last tick. */
    private long bestNs;

    Asked asked(Effort effort, long nowNs) {
        return unanswered.add(effort, nowNs);
    }

    void answered(Asked asked, long nowNs) {
        unanswered.remove(asked);
        window.add(nowNs - asked.atNs());
        ticksWithoutAnswer = 0;
        answersToProve = Math.max(0, answersToProve - 1);
    }

    void lose() {
        unanswered.clear();
    }

    void clear() {
        unanswered.clear();
        window.clear();
        badTicks = 0;
        calmTicks = 0;
        answersToProve = 0;
        delayNs = OptionalLong.empty();
        bestNs = 0;
    }

    void tick() {
        ticksWithoutAnswer++;
        if (ticksWithoutAnswer >= TICKS_KNOWN && unanswered.isEmpty()) {
            window.clear();
            answersToProve = 0;
        }
        delayNs = window.count() >= ANSWERS_MIN ? OptionalLong.of(window.quantileNs(PERCENT)) : OptionalLong.empty();
        window.turn();
    }

    /** The delay that most answers do not exceed. Empty without evidence. */
    OptionalLong delayNs() {
        return delayNs;
    }

    /** The delay that 95 of 100 answers do not exceed. Empty without evidence. */
    OptionalLong tailNs() {
        return window.count() >= ANSWERS_MIN ? OptionalLong.of(window.quantileNs(95)) : OptionalLong.empty();
    }

    /** Once a tick. */
    void compareWith(long newBestNs, long nowNs) {
        bestNs = newBestNs;
        boolean isBadNow = delayNs.orElse(0) > Math.max(BAD_NS, BAD_TIMES * bestNs)
                || unanswered.oldestNs(nowNs) > Math.max(STUCK_NS, STUCK_TIMES * bestNs);
        badTicks = isBadNow ? badTicks + 1 : 0;
        calmTicks = isBadNow ? 0 : calmTicks + 1;
        if (isBad()) {
            answersToProve = ANSWERS_MIN;
        }
    }

    /** Once a tick, if no other replica has a delay to compare with. What was bad before is no evidence of now. */
    void compareWithNone() {
        badTicks = 0;
    }

    boolean isBad() {
        return badTicks >= BAD_TICKS;
    }

    /** A replica that fell silent owes nothing any more. It has to answer before it can be good again. */
    boolean isGood(long nowNs) {
        boolean isShort = delayNs.orElse(0) <= Math.max(GOOD_NS, GOOD_TIMES * bestNs);
        return answersToProve == 0 && (isShort || calmTicks >= CALM_TICKS) && !isOverdue(nowNs);
    }

    /** Whether a request waits for longer than a bad answer takes. That may be over at once. */
    boolean isOverdue(long nowNs) {
        return unanswered.oldestNs(nowNs) > Math.max(BAD_NS, BAD_TIMES * bestNs);
    }

    /** In milliseconds, for people. */
    String describe(long nowNs) {
        long lateNs = Math.max(delayNs.orElse(0), unanswered.oldestNs(nowNs));
        return TimeUnit.NANOSECONDS.toMillis(lateNs) + " ms, and the best other replica "
                + TimeUnit.NANOSECONDS.toMillis(bestNs) + " ms";
    }
}
