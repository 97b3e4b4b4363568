package io.quorate.common.plausibility;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.model.request.Vote;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Looks at the numbers of one message, and keeps the first one that is impossible. {@link Plausibility} has the table.
 */
final class NumberCheck {
    /** How far ahead of this process's clock a number may be: 200 years. */
    static final long AHEAD_MS_MAX = TimeUnit.DAYS.toMillis(200 * 365);

    /** The last millisecond that a positive timestamp holds. */
    static final long CLOCK_MS_MAX = HybridClock.millisOf(Long.MAX_VALUE);

    /** The begin of 2025. A clock that shows less is not set. */
    private static final long UNSET_CLOCK_MS = 1_735_689_600_000L;

    /** The session of an instant, which no process draws. */
    private static final long SESSION_OF_AN_INSTANT = ~0L;

    /** Of a number that is no part of anything. */
    private static final String ITSELF = "";

    private static final long END_MS_MAX = (1L << 52) - 1;

    private final long nowMs;
    private final long latestMs;
    private final long latest;
    private Optional<Finding> finding = Optional.empty();

    private record Finding(String number, String value, String allowed) {}

    NumberCheck(long wallMs) {
        nowMs = Math.min(Math.max(wallMs, UNSET_CLOCK_MS), CLOCK_MS_MAX);
        latestMs = Math.min(nowMs + AHEAD_MS_MAX, CLOCK_MS_MAX);
        latest = lastTimestampOf(latestMs);
    }

    private static long lastTimestampOf(long ms) {
        return HybridClock.timestampOf(ms) | HybridClock.timestampOf(1) - 1;
    }

    boolean isPassed() {
        return finding.isEmpty();
    }

    Optional<ImpossibleNumber> found(Message message) {
        return finding.map(found -> new ImpossibleNumber(
                message.getClass().getSimpleName(), found.number(), found.value(), found.allowed()));
    }

    // ---- plain numbers ----

    /** What grows by itself, such as the bytes of a range. */
    void amount(String number, long value) {
        require(number, ITSELF, value, 0, Long.MAX_VALUE, Long::toUnsignedString);
    }

    /** What grows by one at a time, and by less than one in a millisecond. */
    void count(String number, long value, long least) {
        require(number, ITSELF, value, least, latestMs, Long::toUnsignedString);
    }

    void incarnation(String number, long value, boolean hasDisk) {
        if (hasDisk) {
            count(number, value, 1);
        } else {
            amount(number, value);
        }
    }

    /** An instant that another process tells: its fence, or a floor. 0 for none. */
    void instant(String number, long timestamp) {
        require(number, ITSELF, timestamp, 0, latest, NumberCheck::timestampText);
    }

    /** A fence that this process shall have. */
    void fenceToRaise(String number, long timestamp) {
        require(number, ITSELF, timestamp, 0, lastTimestampOf(nowMs), NumberCheck::timestampText);
    }

    void wallClock(String number, long ms) {
        require(number, ITSELF, ms, 0, CLOCK_MS_MAX, NumberCheck::timeText);
    }

    /** When something began, by another clock. */
    void begin(String number, long ms) {
        require(number, ITSELF, ms, 0, latestMs, NumberCheck::timeText);
    }

    /** When a value or a memory ends. */
    void end(String number, long ms) {
        if (ms != Value.NEVER_EXPIRES) {
            require(number, ITSELF, ms, 1, END_MS_MAX, NumberCheck::timeText);
        }
    }

    /**
     * All numbers here are signed, so one with its top bit set is below all limits. Every message comes here, so no
     * text is made before something is wrong.
     *
     * @param of what the number is a part of, or {@link #ITSELF}
     */
    private void require(String number, String of, long value, long least, long most, LongFunction<String> text) {
        if ((value < least || value > most) && finding.isEmpty()) {
            String name = of.equals(ITSELF) ? number : number + " of the " + of;
            finding = Optional.of(new Finding(name, text.apply(value), text.apply(least) + " to " + text.apply(most)));
        }
    }

    /** As versions show it, in hexadecimal. A possible one also as a time. */
    private static String timestampText(long timestamp) {
        return Long.toHexString(timestamp)
                + (timestamp > 0 ? " (" + timeText(HybridClock.millisOf(timestamp)) + ")" : "");
    }

    private static String timeText(long ms) {
        return ms >= 0 && ms <= END_MS_MAX ? Instant.ofEpochMilli(ms).toString() : Long.toUnsignedString(ms);
    }

    // ---- what is made of them ----

    void version(String of, Version version) {
        version(of, version, 0);
    }

    /** A version of something that was written. */
    void written(String of, Version version) {
        version(of, version, version.step() == 0 ? 1 : 0);
    }

    private void version(String of, Version version, long leastTimestamp) {
        stamp(of, version.timestamp(), leastTimestamp, version.counter());
        require("step", of, version.step(), 0, latestMs, Long::toUnsignedString);
        if (version.session() == SESSION_OF_AN_INSTANT) {
            require("counter", of, version.counter(), 0, 0, Long::toUnsignedString);
        }
    }

    void ballot(String of, Ballot ballot) {
        stamp(of, ballot.timestamp(), 0, ballot.counter());
    }

    /** A ballot that asks for a vote. */
    void mintedBallot(String of, Ballot ballot) {
        stamp(of, ballot.timestamp(), 1, ballot.counter());
    }

    /** What versions and ballots have in common. */
    private void stamp(String of, long timestamp, long leastTimestamp, long counter) {
        require("timestamp", of, timestamp, leastTimestamp, latest, NumberCheck::timestampText);
        require("counter", of, counter, 0, Long.MAX_VALUE, Long::toUnsignedString);
    }

    void record(Record record) {
        version("version", record.version());
        contents(record);
    }

    void writtenRecord(Record record) {
        written("version", record.version());
        contents(record);
    }

    private void contents(Record record) {
        end("expiry of the value", record.expiresAtMs());
        if (record.receipt().isPresent()) {
            receipt(record.receipt().get());
        }
    }

    private void receipt(Receipt receipt) {
        end("end of the memory of a request", receipt.rememberedUntilMs());
    }

    void proposal(Proposal proposal) {
        mintedBallot("ballot of the proposal", proposal.ballot());
        record(proposal.record());
    }

    void accepted(Optional<Proposal> accepted) {
        if (accepted.isPresent()) {
            proposal(accepted.get());
        }
    }

    void horizon(Horizon horizon) {
        count("age", horizon.age(), 0);
        count("later age", horizon.laterAge(), 0);
        instant("floor", horizon.floor());
        instant("fence", horizon.fence());
    }

    void result(RequestResult result) {
        version("version of a result", result.version());
        end("expiry of a result", result.expiresAtMs());
        receipt(result.receipt());
    }

    void trace(RequestTrace trace) {
        if (trace.stored().isPresent()) {
            result(trace.stored().get());
        }
        for (Vote vote : trace.votes()) {
            ballot("ballot of a vote", vote.ballot());
            result(vote.result());
        }
    }

    void pass(PassProgress pass) {
        count("number of the pass", pass.number(), 0);
        begin("begin of the pass", pass.startedMs());
        instant("fence of the pass", pass.fence());
    }
}
