package io.quorate.deploy.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.bench.request.RequestKind;
import org.junit.jupiter.api.Test;

final class GroupTallyTest {
    private static final long MS = 1_000_000;

    @Test
    void anIntervalHasWhatEndedInItWheneverThatWasDue() {
        GroupTally tally = new GroupTally("clients", 0);
        for (int i = 0; i < 3; i++) {
            tally.begun(0, 0);
        }
        tally.good(RequestKind.READ, 0, 40 * MS);
        assertEquals(new LoadInterval(3, 1, 0, 2, 40), tally.interval());

        tally.begun(1_000 * MS, 1_000 * MS);
        tally.good(RequestKind.READ, 1_000 * MS, 1_007 * MS);
        tally.failed(0, "503");
        assertEquals(new LoadInterval(1, 1, 1, 1, 7), tally.interval());
        assertEquals(new LoadInterval(0, 0, 0, 1, 0), tally.interval());
    }
}
