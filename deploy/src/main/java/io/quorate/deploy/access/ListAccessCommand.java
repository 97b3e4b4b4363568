package io.quorate.deploy.access;

import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.Terminal;
import io.quorate.deploy.terminal.TextTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = "Shows all principals, their grants, and the ids of their tokens.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown",
            "2:the command or the file is wrong",
            "4:standard output did not take all of the output"
        },
        footer = {"", "Examples:", "  quorate access list", "  quorate access list --file /etc/quorate/access.yaml"})
final class ListAccessCommand implements Callable<Integer> {
    @Mixin
    private AccessFileOption file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        TextTable table = new TextTable("NAME", "GRANTS", "TOKENS");
        file.list()
                .entries()
                .forEach(entry -> table.row(entry.name().name(), AccessText.grants(entry), AccessText.tokens(entry)));
        table.lines(Terminal.current()).forEach(spec.commandLine().getOut()::println);
        return ExitCode.SUCCESS;
    }
}
