package io.quorate.deploy.shell;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What the word at the cursor stands for.
 *
 * @param label of the argument, such as {@code KEY}, or empty if the word is none or may be an option
 */
record ShellCursor(String label) {
    /**
     * @param before the words in front of it
     * @param word its beginning
     */
    static ShellCursor at(CommandLine commands, List<String> before, String word) {
        CommandLine command = commands;
        int at = 0;
        while (at < before.size() && command.getSubcommands().containsKey(before.get(at))) {
            command = command.getSubcommands().get(before.get(at++));
        }
        return at(command.getCommandSpec(), before.subList(at, before.size()), word);
    }

    private static ShellCursor at(CommandSpec command, List<String> arguments, String word) {
        int position = 0;
        OptionSpec open = null;
        for (String argument : arguments) {
            if (open != null) {
                open = null;
            } else if (argument.startsWith("-")) {
                OptionSpec option = command.findOption(argument);
                open = option != null && option.arity().max() > 0 ? option : null;
            } else {
                position++;
            }
        }
        return open != null ? of(open) : positional(command, position, word);
    }

    private static ShellCursor positional(CommandSpec command, int position, String word) {
        if (word.startsWith("-")) {
            return new ShellCursor("");
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (parameter.index().contains(position)) {
                return of(parameter);
            }
        }
        return new ShellCursor("");
    }

    private static ShellCursor of(ArgSpec argument) {
        return new ShellCursor(argument.paramLabel());
    }
}
