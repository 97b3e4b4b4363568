package io.quorate.deploy.data.transfer;

import io.quorate.common.time.SystemClock;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How many keys a second went through, since this was made. */
final class KeyRate {
    private final long startNs = SystemClock.INSTANCE.monotonicNs();

    String text(long keys) {
        double seconds = (SystemClock.INSTANCE.monotonicNs() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, "%,.0f keys/s", Math.max(0, keys) / Math.max(seconds, 1e-3));
    }
}
