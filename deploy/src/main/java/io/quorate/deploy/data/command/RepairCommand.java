package io.quorate.deploy.data.command;

import io.quorate.deploy.terminal.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "repair",
        description = "Shows how the nodes compare and repair their data by themselves, and hurries them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RepairStatusCommand.class, RepairNowCommand.class})
public final class RepairCommand {
    @Mixin
    private HelpOption help;
}
