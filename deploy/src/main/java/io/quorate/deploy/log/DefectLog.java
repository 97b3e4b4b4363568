package io.quorate.deploy.log;

import io.quorate.common.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs and counts the exceptions that ended one callback, and nothing else. Each one is a defect of Quorate. Safe for
 * use by several threads.
 */
public final class DefectLog implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DefectLog.class);

    private static final int LINES_PER_SECOND = 10;

    private final LineBudget budget;
    private final AtomicLong defects = new AtomicLong();

    DefectLog(Clock clock) {
        this.budget = new LineBudget(LINES_PER_SECOND, clock);
    }

    /** Receives the defects of all threads from now on. */
    public static DefectLog ofProcess(Clock clock) {
        DefectLog log = new DefectLog(clock);
        Thread.setDefaultUncaughtExceptionHandler(log);
        return log;
    }

    /** How many there were since the start of the process. */
    public long count() {
        return defects.get();
    }

    @Override
    public void uncaughtException(Thread thread, Throwable defect) {
        defects.incrementAndGet();
        OptionalLong leftOut = budget.take();
        if (leftOut.isPresent()) {
            LOG.error(
                    "a defect of Quorate ended one callback on {}; please report it. {} more were not logged",
                    thread.getName(),
                    leftOut.getAsLong(),
                    defect);
        }
    }
}
