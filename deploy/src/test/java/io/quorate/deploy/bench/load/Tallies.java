package io.quorate.deploy.bench.load;

import io.quorate.deploy.bench.request.RequestKind;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Results of groups, made up. */
public final class Tallies {
    private Tallies() {}

    /** A second with so many good writes, each of which took so long. */
    public static GroupTally of(String group, int goodWrites, int latencyMs, Map<String, Long> failures) {
        GroupTally tally = new GroupTally(group, 0);
        for (int i = 0; i < goodWrites; i++) {
            tally.begun(0, 0);
            tally.good(RequestKind.WRITE, 0, TimeUnit.MILLISECONDS.toNanos(latencyMs));
        }
        failures.forEach((label, count) -> {
            for (long i = 0; i < count; i++) {
                tally.begun(0, 0);
                tally.failed(0, label);
            }
        });
        tally.stop(TimeUnit.SECONDS.toNanos(1));
        return tally;
    }
}
