package io.quorate.deploy.store;

import java.io.Console;
import java.io.PrintWriter;

/** How far a command has come, on a line that is written over; on nothing but a terminal. */
final class ProgressLine {
    private static final long STEP_BYTES = 16 << 20;

    private final PrintWriter out;
    private final boolean shown = isTerminal();
    private long bytes;
    private long shownAt;

    ProgressLine(PrintWriter out) {
        this.out = out;
    }

    void read(String name, long more) {
        bytes += more;
        if (shown && bytes - shownAt >= STEP_BYTES) {
            shownAt = bytes;
            out.printf("\r%s  %,d MiB", name, bytes >> 20);
            out.flush();
        }
    }

    long bytes() {
        return bytes;
    }

    /** Since Java 22 there is a console without a terminal too, and it says so. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    void clear() {
        if (shownAt > 0) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
