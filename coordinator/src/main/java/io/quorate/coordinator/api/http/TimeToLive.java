package io.quorate.coordinator.api.http;

import io.quorate.common.text.DurationText;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The {@code ttl} of a write: after how long its value reads as absent. */
public final class TimeToLive {
    /** Ten years. A longer time means for ever, or a mistaken unit. */
    private static final long DAYS_MAX = 3650;

    private static final long MS_MAX = TimeUnit.DAYS.toMillis(DAYS_MAX);

    /** The end of an error message: the texts that are allowed. */
    public static final String ALLOWED = "write it as 500ms, 30s, 15m, 12h or 7d, from 1ms to " + DAYS_MAX
            + "d, and leave it out for a value that stays";

    private TimeToLive() {}

    /** In milliseconds, or empty if the text is not a time to live. */
    public static OptionalLong parseMs(String text) {
        long ms = DurationText.parse(text).map(DurationText::ms).orElse(0L);
        return ms < 1 || ms > MS_MAX ? OptionalLong.empty() : OptionalLong.of(ms);
    }
}
