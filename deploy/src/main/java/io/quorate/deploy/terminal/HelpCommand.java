package io.quorate.deploy.terminal;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The same as {@code --help} behind a command, for those who put the word in front. */
@Command(name = "help", description = "Shows the help of a command.", helpCommand = true)
public final class HelpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "such as: cluster start")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine found = spec.commandLine().getParent();
        for (String word : words) {
            CommandLine next = found.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(
                        found,
                        "there is no command '" + word + "' in "
                                + found.getCommandSpec().qualifiedName());
            }
            found = next;
        }
        found.usage(spec.commandLine().getOut());
        return ExitCode.SUCCESS;
    }
}
