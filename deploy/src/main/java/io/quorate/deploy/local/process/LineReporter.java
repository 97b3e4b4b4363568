package io.quorate.deploy.local.process;

import java.io.PrintWriter;

/** Writes all lines to one stream, at once, since starting a cluster takes a while. */
public record LineReporter(PrintWriter out) implements Reporter {
    @Override
    public void report(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void warn(String line) {
        report(line);
    }
}
