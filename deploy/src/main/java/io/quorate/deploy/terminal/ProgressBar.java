package io.quorate.deploy.terminal;

import io.quorate.common.time.Clock;
import io.quorate.common.time.SystemClock;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The progress, speed and expected end of long work, on one line that is overwritten. Only a terminal shows it.
 *
 * <pre>writing keys  [=====>              ]  31%  31,004 of 100,000 keys  8,120 keys/s  ends 19:02:11</pre>
 */
public final class ProgressBar implements AutoCloseable {
    private static final int CELLS = 20;
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final PrintWriter out;
    private final Terminal terminal;
    private final Clock clock;
    private final String what;
    private final String unit;
    private final long total;
    private final long startNs;
    private long shownNs;
    private boolean isOnScreen;

    /**
     * @param what the work, such as {@code writing keys}
     * @param total how much there is to do, or 0 if it is unknown
     * @param unit what {@code total} counts
     */
    public ProgressBar(PrintWriter err, String what, long total, String unit) {
        this(err, Terminal.current(), SystemClock.INSTANCE, what, total, unit);
    }

    ProgressBar(PrintWriter out, Terminal terminal, Clock clock, String what, long total, String unit) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.what = what;
        this.unit = unit;
        this.total = total;
        this.startNs = clock.monotonicNs();
        this.shownNs = startNs;
    }

    /** Cheap enough to be called for every piece of the work. */
    public void at(long done) {
        at(done, () -> String.format(Locale.ROOT, "%,.0f %s/s", perSecond(done, clock.monotonicNs()), unit));
    }

    /** For work that is measured in time: its rate counts something else. */
    public void at(long done, String rate) {
        at(done, () -> rate);
    }

    /** @param rate is asked for only if it is shown */
    public void at(long done, Supplier<String> rate) {
        long nowNs = clock.monotonicNs();
        if (isDue(nowNs)) {
            show(line(done, nowNs, rate.get()), nowNs);
        }
    }

    private boolean isDue(long nowNs) {
        return terminal.err() && nowNs - shownNs >= STEP_NS;
    }

    private void show(String line, long nowNs) {
        shownNs = nowNs;
        isOnScreen = true;
        out.print("\r" + line + "\u001b[K");
        out.flush();
    }

    /** Removes the line, so that other output can be printed. */
    public void clear() {
        if (isOnScreen) {
            isOnScreen = false;
            out.print("\r\u001b[K");
            out.flush();
        }
    }

    @Override
    public void close() {
        clear();
    }

    private double perSecond(long done, long nowNs) {
        return done / ((nowNs - startNs) / 1e9);
    }

    /** A line that wraps could not be written over. What matters least is left out first: the bar, then the rate. */
    private String line(long done, long nowNs, String rate) {
        int room = terminal.columns() - 1;
        List<String> texts = texts(done, nowNs, rate);
        return texts.stream()
                .filter(text -> text.length() <= room)
                .findFirst()
                .orElseGet(() -> PrintableText.shortened(texts.get(texts.size() - 1), room));
    }

    /** The longest one first. */
    private List<String> texts(long done, long nowNs, String rate) {
        if (total <= 0) {
            return List.of(String.format(Locale.ROOT, "%s  %,d %s  %s", what, done, unit, rate));
        }
        double share = Math.min(1, (double) done / total);
        double perSecond = perSecond(done, nowNs);
        String percent = String.format(Locale.ROOT, "%3.0f%%", share * 100);
        String amount = String.format(Locale.ROOT, "  %,d of %,d %s", done, total, unit);
        String end = perSecond > 0 ? "  ends " + timeOfDay((total - done) / perSecond) : "";
        String withoutBar = what + "  " + percent.strip();
        return List.of(
                what + "  [" + bar(share) + "] " + percent + amount + "  " + rate + end,
                withoutBar + amount + "  " + rate + end,
                withoutBar + amount + end,
                withoutBar + end);
    }

    private static String bar(double share) {
        int filled = (int) (share * CELLS);
        return "=".repeat(Math.max(0, filled - 1)) + (filled > 0 ? ">" : "") + " ".repeat(CELLS - filled);
    }

    private String timeOfDay(double inSeconds) {
        Instant end = Instant.ofEpochMilli(clock.wallMs() + (long) (Math.max(0, inSeconds) * 1e3));
        return TIME_OF_DAY.format(end.atZone(ZoneId.systemDefault()));
    }
}
