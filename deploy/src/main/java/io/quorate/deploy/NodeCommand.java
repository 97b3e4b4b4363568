package io.quorate.deploy;

import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.deploy.process.ServerProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "node",
        description = "Runs a node in the foreground: a replica of the data, and a coordinator that answers HTTP.",
        mixinStandardHelpOptions = true,
        versionProvider = Quorate.class,
        footer = {
            "",
            "SIGTERM finishes requests in flight and closes cleanly.",
            "A node whose data directory was lost must not be started with --init under its old id: the cluster would",
            "count a replica that forgot what it had acknowledged."
        })
final class NodeCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration;

    @Option(names = "--init", description = "make the data directory; refused if there is one already")
    private boolean init;

    @Override
    public Integer call() throws Exception {
        ServerProcess.runNode(NodeConfiguration.read(configuration.file, System.getenv()), init);
        return ExitCode.SUCCESS;
    }
}
