package io.quorate.deploy;

import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.deploy.config.ProcessMemory;
import io.quorate.deploy.process.ServerProcess;
import io.quorate.deploy.process.Start;
import io.quorate.deploy.process.SystemHostLookup;
import io.quorate.deploy.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "node",
        description = "Runs a node in the foreground: a replica of the data, and a coordinator that answers HTTP.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it ran until a signal ended it",
            "1:it could not start, or had to stop: the log has the reason",
            "2:the command or the configuration is wrong, nothing was started"
        },
        footer = {
            "",
            "SIGTERM lets requests in flight finish and closes cleanly. "
                    + "A node whose data directory was lost must not be started with --init under its old id: the cluster would "
                    + "count a replica that forgot the writes that it had acknowledged. "
                    + "A node whose store is damaged goes on without a vote. --wipe gives it an empty store, which also has no "
                    + "vote. Writes and read repairs fill it.",
            "",
            "Examples:",
            "  quorate node --config conf/n1.yaml --init",
            "  QUORATE_HTTP_PORT=7001 quorate node --config conf/node.yaml"
        })
final class NodeCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration;

    @Option(
            names = "--owner",
            hidden = true,
            paramLabel = "PID",
            description = "the process that owns this one: this one ends cleanly when that one has ended")
    private Long owner;

    @ArgGroup
    private First first = new First();

    /** At most one of them. */
    private static final class First {
        @Option(names = "--init", description = "create the data directory; refused if it exists already")
        private boolean init;

        @Option(
                names = "--wipe",
                description =
                        "move a damaged store aside, in the same directory, and begin an empty one without a vote;"
                                + " refused if the store was not found damaged")
        private boolean wipe;

        Start start() {
            return init ? Start.INIT : wipe ? Start.WIPE : Start.PLAIN;
        }
    }

    @Override
    public Integer call() throws Exception {
        SystemHostLookup.chooseCaches();
        if (owner != null) {
            ServerProcess.endWith(owner);
        }
        NodeConfiguration node =
                NodeConfiguration.read(configuration.file, System.getenv(), ProcessMemory.ofThisProcess());
        ServerProcess.runNode(node, first.start());
        return ExitCode.SUCCESS;
    }
}
