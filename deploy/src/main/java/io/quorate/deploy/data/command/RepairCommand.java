package io.quorate.deploy.data.command;

import io.quorate.deploy.terminal.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "repair",
        description = "Shows whether the replicas hold the same.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RepairStatusCommand.class)
public final class RepairCommand {
    @Mixin
    private HelpOption help;
}
