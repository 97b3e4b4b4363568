package io.quorate.deploy.checkpoint;

import picocli.CommandLine.Command;

@Command(
        name = "checkpoint",
        description = "Makes, lists and deletes checkpoints of nodes that run, below their data directories.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {MakeCheckpointCommand.class, ListCheckpointsCommand.class, DeleteCheckpointCommand.class},
        footer = {
            "",
            "Each command is about the node at each endpoint, since a backup of a cluster is a checkpoint of every node. Copy "
                    + "the directories to another machine, then delete them: they keep replaced tables on the disk. "
                    + "'quorate store restore' makes a new cluster of them.",
            "",
            "Examples:",
            "  quorate checkpoint make monday",
            "  quorate checkpoint list",
            "  quorate checkpoint delete monday -e db1.example:7001"
        })
public final class CheckpointsCommand {}
