package io.quorate.junit;

import io.quorate.deploy.local.process.Reporter;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last warnings of what works on the cluster, for the message if it fails. A test prints nothing by itself. */
final class Progress implements Reporter {
    private static final int LINES_MAX = 100;

    private final Deque<String> warnings = new ArrayDeque<>();

    @Override
    public void report(String line) {}

    @Override
    public synchronized void warn(String line) {
        if (warnings.size() == LINES_MAX) {
            warnings.remove();
        }
        warnings.add(line);
    }

    synchronized String text() {
        return warnings.isEmpty() ? "" : System.lineSeparator() + String.join(System.lineSeparator(), warnings);
    }
}
