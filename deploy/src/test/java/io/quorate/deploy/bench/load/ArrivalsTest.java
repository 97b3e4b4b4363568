package io.quorate.deploy.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.bench.load.OpenPace.Spacing;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
    private static final long START_NS = 7_000;
    private static final long MS_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @Test
    void evenRequestsAreDueAtEqualDistances() {
        assertEquals(
                List.of(START_NS + 2 * MS_NS, START_NS + 4 * MS_NS, START_NS + 6 * MS_NS), due(Spacing.EVEN, 500, 3));
    }

    @Test
    void poissonRequestsKeepTheirRateAndVaryAsTheyShould() {
        List<Long> due = due(Spacing.POISSON, 1_000, 50_000);
        assertEquals(50, (due.get(due.size() - 1) - START_NS) / 1e9, 1);
        long shorterThanHalf = 0;
        for (int i = 1; i < due.size(); i++) {
            shorterThanHalf += due.get(i) - due.get(i - 1) < MS_NS / 2 ? 1 : 0;
        }
        assertEquals(1 - Math.exp(-0.5), shorterThanHalf / 50_000.0, 0.01);
    }

    @Test
    void answersDoNotChangeWhenTheNextRequestIsDue() {
        Arrivals arrivals = arrivals(Spacing.EVEN, 500);
        long dueNs = arrivals.dueNs();
        arrivals.ended(START_NS + 100 * MS_NS, true);
        assertEquals(dueNs, arrivals.dueNs());
        assertTrue(!arrivals.isOver());
    }

    private static List<Long> due(Spacing spacing, double perSecond, int count) {
        Arrivals arrivals = arrivals(spacing, perSecond);
        List<Long> due = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            due.add(arrivals.dueNs());
            arrivals.next();
        }
        return due;
    }

    private static Arrivals arrivals(Spacing spacing, double perSecond) {
        return new Arrivals(new OpenPace(perSecond, spacing, 1), START_NS, new SplittableRandom(11));
    }
}
