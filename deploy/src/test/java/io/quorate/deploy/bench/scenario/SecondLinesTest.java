package io.quorate.deploy.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.bench.load.LoadInterval;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecondLinesTest {
    @Test
    void aLineSaysWhatBecameOfTheRequestsOfASecondAndWhatHappenedToNodes() {
        StringWriter screen = new StringWriter();
        SecondLines lines = new SecondLines(new PrintWriter(screen));
        lines.print(1, new LoadInterval(12_000, 11_998, 0, 2, 8.25), List.of());
        lines.print(2, new LoadInterval(12_000, 9_000, 2, 3_000, 512), List.of("n3 is down", "n2 is slow"));
        assertEquals("""
                second       due      good    failed  under way  longest ms
                     1    12,000    11,998         0          2         8.3
                     2    12,000     9,000         2      3,000       512.0  n3 is down, n2 is slow
                """, screen.toString().replace("\r\n", "\n"));
    }
}
