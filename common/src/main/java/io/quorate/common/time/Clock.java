package io.quorate.common.time;

/** What a process knows of time. One implementation reads the machine's clocks, the other is a simulation's. */
public interface Clock {
    /** Milliseconds since 1970 by the wall clock; may jump either way. */
    long wallMs();

    /** Nanoseconds since some instant; never goes back. For durations within one process only. */
    long monotonicNs();
}
