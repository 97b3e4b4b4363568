package io.quorate.common.link;

import io.quorate.common.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Logs each trouble with a peer once and then counts it, so that no peer can fill the log. A process has one such log.
 * For any thread.
 *
 * <pre>
 *  event                                      line
 *  -----------------------------------------  ---------------------------------------------------------------
 *  a trouble happens for the first time       its text, at once
 *  it happens again                           its latest text with the count: after a minute, then after two, four, ...
 *                                             and never after more than {@link #PAUSE_NS_MAX}
 *  it ends, and a line said that it is there  the good news with the count, at once
 *  it comes back within ten seconds           none: it is the same trouble, which is counted
 *  it came back, and lasts for ten seconds    its latest text with the count
 *  it comes back later                        its text, at once
 * </pre>
 *
 * Callers choose their hosts and names, so the number of troubles is bounded. Above the bound, all troubles of one kind
 * share one count.
 */
public final class TroubleLog {
    static final int TROUBLES_MAX = 256;

    static final long PAUSE_NS_MIN = TimeUnit.MINUTES.toNanos(1);
    static final long PAUSE_NS_MAX = TimeUnit.MINUTES.toNanos(64);

    /** A trouble that comes back after this long without it is a new one. One that lasts this long is said. */
    static final long CALM_NS = TimeUnit.SECONDS.toNanos(10);

    /** A trouble that has not happened for this long is a new one too. A full table forgets it. */
    static final long FORGOTTEN_NS = TimeUnit.MINUTES.toNanos(10);

    /**
     * Several connections of this process notice the same event one after the other. So fewer repetitions than this get
     * no line if the trouble has ended or stopped. The next line counts them.
     */
    static final int STRAGGLERS = 16;

    private static final String OTHERS = "others";

    private final Clock clock;
    private final TroubleLines lines;
    private final Map<Trouble, Course> courses = new HashMap<>();

    /** Where the lines go. */
    public interface TroubleLines {
        void warn(String line);

        void info(String line);
    }

    public TroubleLog(Clock clock, TroubleLines lines) {
        this.clock = clock;
        this.lines = lines;
    }

    /** @param text a whole line for people */
    public synchronized void happened(Trouble trouble, String text) {
        long nowNs = clock.monotonicNs();
        Trouble counted = admit(trouble, nowNs);
        Course course = courses.get(counted);
        if (course != null && !course.isOver(nowNs)) {
            course.happenedAgain(text, nowNs);
            sayIfDue(course, nowNs);
            return;
        }
        if (course != null && course.unsaid >= STRAGGLERS) {
            sayCount(course, nowNs);
        }
        courses.put(counted, new Course(text, nowNs));
        lines.warn(text);
    }

    /**
     * The troubles that match are over.
     *
     * @param text the good news. It is logged only if a line said that there is a trouble
     * @return whether it was logged
     */
    public synchronized boolean ended(Predicate<Trouble> which, String text) {
        List<Course> open = courses.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(course -> !course.ended)
                .toList();
        long nowNs = clock.monotonicNs();
        boolean announced = open.stream().anyMatch(course -> course.announced);
        if (announced) {
            long times = open.stream().mapToLong(course -> course.times).sum();
            long firstNs =
                    open.stream().mapToLong(course -> course.firstNs).min().orElseThrow();
            lines.info(text + " (well again after " + times(times, "") + " in " + span(nowNs - firstNs) + ")");
        }
        open.forEach(course -> course.end(nowNs, announced));
        return announced;
    }

    /** Logs the counts that are due. A timer calls it, so that the last count is logged too. */
    public synchronized void sayDue() {
        long nowNs = clock.monotonicNs();
        courses.values().forEach(course -> sayIfDue(course, nowNs));
    }

    private void sayIfDue(Course course, long nowNs) {
        boolean few = course.unsaid < STRAGGLERS && (course.ended || nowNs - course.lastNs >= CALM_NS);
        boolean countIsDue = course.unsaid > 0 && !few && nowNs - course.saidNs >= course.pauseNs;
        if (countIsDue || course.lastsUnsaid(nowNs)) {
            sayCount(course, nowNs);
        }
    }

    private void sayCount(Course course, long nowNs) {
        lines.warn(course.latest + " (" + times(course.unsaid, "more ") + " in " + span(nowNs - course.saidNs)
                + (course.ended ? ", but not now)" : ")"));
        course.said(nowNs);
    }

    private Trouble admit(Trouble trouble, long nowNs) {
        if (courses.containsKey(trouble)) {
            return trouble;
        }
        if (courses.size() >= TROUBLES_MAX) {
            courses.values().removeIf(course -> nowNs - course.lastNs >= FORGOTTEN_NS);
        }
        return courses.size() < TROUBLES_MAX ? trouble : new Trouble(OTHERS, OTHERS, trouble.kind());
    }

    private static String times(long count, String more) {
        return count + " " + more + (count == 1 ? "time" : "times");
    }

    private static String span(long ns) {
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(ns));
        return seconds < 120 ? seconds + " s" : seconds / 60 + " minutes";
    }

    /** One trouble from its first line on. */
    private static final class Course {
        private final long firstNs;
        private long lastNs;
        private long times = 1;
        private String latest;

        private long saidNs;
        private long pauseNs = PAUSE_NS_MIN;
        private long unsaid;

        /** Whether the last line says that the trouble is there. */
        private boolean announced = true;

        private boolean ended;
        private long endedNs;
        private long beganNs;

        Course(String text, long nowNs) {
            this.firstNs = nowNs;
            this.beganNs = nowNs;
            this.lastNs = nowNs;
            this.saidNs = nowNs;
            this.latest = text;
        }

        boolean isOver(long nowNs) {
            return ended && nowNs - endedNs >= CALM_NS || nowNs - lastNs >= FORGOTTEN_NS;
        }

        /** The last line says that all is well, and it is not. */
        boolean lastsUnsaid(long nowNs) {
            return !announced && !ended && nowNs - beganNs >= CALM_NS;
        }

        void happenedAgain(String text, long nowNs) {
            beganNs = ended ? nowNs : beganNs;
            latest = text;
            lastNs = nowNs;
            times++;
            unsaid++;
            ended = false;
        }

        void end(long nowNs, boolean said) {
            ended = true;
            endedNs = nowNs;
            announced = false;
            if (said) {
                unsaid = 0;
                pauseNs = PAUSE_NS_MIN;
            }
        }

        void said(long nowNs) {
            announced = !ended;
            unsaid = 0;
            saidNs = nowNs;
            pauseNs = Math.min(PAUSE_NS_MAX, pauseNs * 2);
        }
    }
}
