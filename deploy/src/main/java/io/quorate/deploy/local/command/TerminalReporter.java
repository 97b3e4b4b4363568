package io.quorate.deploy.local.command;

import io.quorate.deploy.local.process.Reporter;
import picocli.CommandLine;

/** Flushes each line at once, since starting a cluster takes a while. */
record TerminalReporter(CommandLine command) implements Reporter {
    @Override
    public void report(String line) {
        command.getOut().println(line);
        command.getOut().flush();
    }

    @Override
    public void warn(String line) {
        command.getErr().println("cluster: " + line);
        command.getErr().flush();
    }
}
