package io.quorate.common.time;

/** The time of a process: from the machine's clocks, or from a simulation. */
public interface Clock {
    /** Milliseconds since 1970 by the wall clock. It may jump either way. */
    long wallMs();

    /** Nanoseconds since some instant. It never goes back. For durations within one process only. */
    long monotonicNs();
}
