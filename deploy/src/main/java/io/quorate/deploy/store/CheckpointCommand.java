package io.quorate.deploy.store;

import io.quorate.deploy.terminal.ExitCode;
import io.quorate.node.checkpoint.NodeCheckpoint;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.threads.StorageThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "checkpoint",
        description = "Copies a node's store, whole and durably, into a directory of its own.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the checkpoint is complete",
            "1:refused, or failed: what is in the new directory is no checkpoint",
            "2:the command is wrong, nothing was tried",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "On one file system the two share the bytes of their tables. So it takes hardly any time or space, and is no "
                    + "protection against damage to those bytes: copy it elsewhere. The node's directory stays the same, except "
                    + "that its log becomes tables, as at any start.",
            "",
            "Examples:",
            "  quorate store checkpoint --data /var/lib/quorate --to /var/lib/quorate-copy",
            "  quorate store verify --data /var/lib/quorate-copy"
        })
final class CheckpointCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "where to; must not exist, or be empty")
    private Path target;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RealDisk disk = new RealDisk(target);
        try (DataDirectory directory = data.open();
                StorageThreads threads = StorageThreads.start("checkpoint");
                Store store =
                        Store.open(directory, StoreOptions.DEFAULTS, threads.forStore(), CheckpointCommand::rethrow)) {
            NodeCheckpoint.write(store, directory.disk(), disk);
        }
        spec.commandLine().getOut().println("checkpoint " + disk.pathOf(""));
        return ExitCode.SUCCESS;
    }

    private static void rethrow(StoreException failure) {
        throw failure;
    }
}
