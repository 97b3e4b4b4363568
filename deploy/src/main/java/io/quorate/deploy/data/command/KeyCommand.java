package io.quorate.deploy.data.command;

import io.quorate.deploy.terminal.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "key",
        description = "Looks into one key.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = KeyReplicasCommand.class)
public final class KeyCommand {
    @Mixin
    private HelpOption help;
}
