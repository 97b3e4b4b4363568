package io.quorate.common.plausibility;

import io.quorate.common.model.Version;
import io.quorate.common.wire.Message;
import java.util.Optional;

/**
 * Says whether an honest process can have sent the numbers of a message. Every message is judged here before it changes
 * anything: a request at its replica, a reply at the process that asked, a handshake on both sides. It does not matter
 * who sent it. {@link MessageNumbers} says which numbers each message has.
 *
 * <p>Here <em>now</em> is the wall clock of this process. A clock before 2025 is not set, and counts as 2025.
 *
 * <pre>
 *  number                                        possible
 *  --------------------------------------------  ------------------------------------------------------------
 *  timestamp of a version                        0 to now + 200 years. A {@code StoreRequest} has no version 0
 *  timestamp of a ballot                         0 to now + 200 years. A request for a vote has no ballot 0
 *  counter of a version or a ballot              0 to 2^63 - 1
 *  step of a version                             0 to one for each millisecond from 1970 to now + 200 years
 *  session of a version                          any. With ~0 the counter is 0: it is {@link Version#ofInstant}
 *  fence or floor that a message tells           0 to now + 200 years
 *  fence that a replica shall raise              0 to now
 *  age, number of a pass                         0 to one for each millisecond from 1970 to now + 200 years
 *  round of forgetting                           1 to the same
 *  begin of a pass                               0 to now + 200 years
 *  incarnation of a process with a disk          1 to one for each millisecond from 1970 to now + 200 years
 *  incarnation of a process without one          0 to 2^63 - 1, since it is random
 *  wall clock of another process                 1970 to 6429, which is all that a timestamp can hold
 *  end of a value's life, or of a memory         1 ms after 1970 to the year 144683, or never
 *  bytes and keys that a replica counted         0 to 2^63 - 1
 * </pre>
 *
 * <p><b>Why 200 years.</b> Clocks may be wrong, and no guarantee rests on them. So the limit is above every error that
 * a clock makes: 20 years if a week of GPS is taken for another, 56 if it was never set, 80 at the end of 32-bit
 * seconds, 136 if an era of NTP is taken for another. Any number in reach leaves room for 4,000 years of larger ones.
 *
 * <p><b>Why no number ends anything.</b> Each limit that others have to exceed moves with the clock. A version at the
 * limit still has a successor, which is possible one millisecond later. The same holds for ballots, steps, ages,
 * passes.
 *
 * <p><b>Why a fence must not be ahead.</b> An honest fence is behind all clocks. One ahead of the clock would refuse
 * the writers whose clocks are right.
 */
public final class Plausibility {
    private Plausibility() {}

    /** The first impossible number of a message, or empty if all are possible. */
    public static Optional<ImpossibleNumber> objection(Message message, long nowMs) {
        NumberCheck check = new NumberCheck(nowMs);
        MessageNumbers.check(message, check);
        return check.found(message);
    }

    /** Whether any process can ever have minted it, whatever its clock was. */
    public static boolean canBeMinted(Version version) {
        NumberCheck check = new NumberCheck(NumberCheck.CLOCK_MS_MAX);
        check.version("version", version);
        return check.isPassed();
    }
}
