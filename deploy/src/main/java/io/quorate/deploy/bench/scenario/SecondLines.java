package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.bench.load.LoadInterval;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A line for each second of a load, while it goes on. */
final class SecondLines {
    private final PrintWriter out;

    SecondLines(PrintWriter out) {
        this.out = out;
    }

    /**
     * @param second from 1
     * @param news what happened to nodes in this second
     */
    void print(int second, LoadInterval interval, List<String> news) {
        if (second == 1) {
            out.println("second       due      good    failed  under way  longest ms");
        }
        out.println(String.format(
                        Locale.ROOT,
                        "%6d %,9d %,9d %,9d  %,9d  %,10.1f  %s",
                        second,
                        interval.due(),
                        interval.good(),
                        interval.failed(),
                        interval.underWay(),
                        interval.longestMs(),
                        String.join(", ", news))
                .stripTrailing());
        out.flush();
    }
}
