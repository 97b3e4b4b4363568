package io.quorate.deploy.store;

import picocli.CommandLine.Command;

@Command(
        name = "store",
        description = "Looks at, copies and restores the files of one node that does not run.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {VerifyCommand.class, DumpCommand.class, CheckpointCommand.class, RestoreCommand.class})
public final class StoreCommand {}
