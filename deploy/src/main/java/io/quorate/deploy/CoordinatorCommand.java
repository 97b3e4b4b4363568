package io.quorate.deploy;

import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.process.ServerProcess;
import io.quorate.deploy.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "coordinator",
        description = "Runs a coordinator in the foreground: it answers HTTP and keeps no data.",
        mixinStandardHelpOptions = true,
        versionProvider = Quorate.class,
        footer = {"", "SIGTERM finishes requests in flight and closes cleanly."})
final class CoordinatorCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOption configuration;

    @Override
    public Integer call() throws Exception {
        ServerProcess.runCoordinator(CoordinatorConfiguration.read(configuration.file, System.getenv()));
        return ExitCode.SUCCESS;
    }
}
