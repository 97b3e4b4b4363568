package io.quorate.deploy.store;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.inspect.Dump;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "dump",
        description = "Shows what the files hold, one line for each file, or for each entry.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown to the end",
            "1:the directory was refused, or damage is in the way: see 'quorate store verify'",
            "2:the command is wrong, nothing was tried",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "An entry's line has the file, the keyspace's number and the key, with bytes that are no plain characters as "
                    + "%%XX, the version, and the value's length, or that it is a tombstone. The same key may come up in several files: "
                    + "the highest version counts. Nothing is changed.",
            "",
            "Examples:",
            "  quorate store dump --data /var/lib/quorate",
            "  quorate store dump --data /var/lib/quorate --entries | grep user/1"
        })
final class DumpCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Option(names = "--entries", description = "show each entry, not only the files")
    private boolean entries;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (DataDirectory directory = data.open()) {
            Dump.run(directory.disk(), entries, line -> print(out, line));
        } finally {
            out.flush();
        }
        return ExitCode.SUCCESS;
    }

    /** A dump may take minutes. It ends when its reader has gone. */
    private static void print(PrintWriter out, String line) {
        out.println(line);
        if (out.checkError()) {
            throw CommandFailure.output();
        }
    }
}
