package io.quorate.deploy;

import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.process.ServerProcess;
import io.quorate.deploy.process.SystemHostLookup;
import io.quorate.deploy.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "coordinator",
        description = "Runs a coordinator in the foreground: it answers HTTP and keeps no data.",
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
            "SIGTERM lets requests in flight finish and closes cleanly.",
            "",
            "Examples:",
            "  quorate coordinator --config conf/c1.yaml",
            "  QUORATE_NODE_ID=c1 QUORATE_HTTP_PORT=8001 quorate coordinator --config conf/c1.yaml"
        })
final class CoordinatorCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration;

    @Override
    public Integer call() throws Exception {
        SystemHostLookup.chooseCaches();
        ServerProcess.runCoordinator(CoordinatorConfiguration.read(configuration.file, System.getenv()));
        return ExitCode.SUCCESS;
    }
}
