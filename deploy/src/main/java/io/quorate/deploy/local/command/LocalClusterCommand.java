package io.quorate.deploy.local.command;

import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.process.Reporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options that all commands for a local cluster share, and how such a command reports its failure. */
abstract class LocalClusterCommand {
    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "${env:QUORATE_HOME:-.quorate}",
            description = "the folder of the cluster (default: ${DEFAULT-VALUE})")
    private Path home;

    @Option(
            names = "--wait-seconds",
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            hidden = true,
            defaultValue = "${env:QUORATE_WAIT_SECONDS:-30}")
    private int waitSeconds;

    @Spec
    private CommandSpec spec;

    interface Action {
        void run(ClusterActions cluster) throws IOException, LocalClusterException;
    }

    /** Returns the exit code. */
    final int run(Action action) {
        Reporter reporter = new TerminalReporter(spec.commandLine());
        try {
            if (waitSeconds < 1) {
                throw LocalClusterException.usage("QUORATE_WAIT_SECONDS is " + waitSeconds + "; allowed: 1 or more");
            }
            ClusterFolder cluster = ClusterFolder.at(home, System.getenv());
            action.run(new ClusterActions(
                    cluster,
                    ClusterWords.typed(home, System.getenv()),
                    reporter,
                    TimeUnit.SECONDS.toMillis(waitSeconds)));
            return CommandLine.ExitCode.OK;
        } catch (LocalClusterException e) {
            if (!e.getMessage().isEmpty()) {
                reporter.warn(e.getMessage());
            }
            return e.isUsage() ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            reporter.warn(e + ". Earlier steps of the command stay done; 'status' shows the nodes");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
