package io.quorate.deploy;

import io.quorate.deploy.terminal.Terminal;
import java.util.List;
import picocli.CommandLine;

/** How every command line is parsed, and how its failures are reported. */
final class CommandLines {
    private static final int HELP_COLUMNS_MIN = 80;
    private static final int HELP_COLUMNS_MAX = 100;

    private CommandLines() {}

    /** The root of all commands, for commands that run or describe others. */
    interface Source {
        CommandLine allCommands();
    }

    /**
     * @param root the object with picocli's annotations
     * @param commands the classes of the commands below it
     */
    static CommandLine of(Object root, List<Class<?>> commands) {
        CommandLine line = new CommandLine(root);
        commands.forEach(line::addSubcommand);
        return line.setUsageHelpWidth(helpColumns())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a key or a value may begin with @
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new ExecutionErrors());
    }

    private static int helpColumns() {
        Terminal terminal = Terminal.current();
        int columns = terminal.out() ? terminal.columns() : HELP_COLUMNS_MAX;
        return Math.max(HELP_COLUMNS_MIN, Math.min(HELP_COLUMNS_MAX, columns));
    }
}
