package io.quorate.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A script by which fish completes commands, options, and values of which there are few. */
final class FishCompletion {
    /** Which words have been typed so far, without options. The first argument is how they have to begin. */
    private static final String BEGINNING = """
            # Completion of quorate for fish. Made by 'quorate completion fish'.
            function __quorate_words
                for word in (commandline -opc)[2..-1]
                    string match -q -- '-*' $word; or echo $word
                end
            end

            # The words are just these commands, so that another command may follow.
            function __quorate_in
                set -l words (__quorate_words)
                test "$words" = "$argv"
            end

            # The words begin with these commands.
            function __quorate_under
                set -l words (__quorate_words)
                string match -q -- "$argv *" "$words "
            end

            complete -c quorate -f
            """;

    private final List<String> lines = new ArrayList<>();

    private FishCompletion() {}

    static String of(CommandLine root) {
        FishCompletion script = new FishCompletion();
        script.add(root.getCommandSpec(), "");
        return BEGINNING + String.join("\n", script.lines);
    }

    private void add(CommandSpec command, String path) {
        command.subcommands().forEach((name, subcommand) -> {
            CommandSpec below = subcommand.getCommandSpec();
            String here = in(path) + "; or " + in(("help " + path).strip());
            lines.add("complete -c quorate -n " + quoted(here) + " -a " + name
                    + description(below.usageMessage().description()));
            add(below, path.isEmpty() ? name : path + " " + name);
        });
        boolean isGroup = !command.subcommands().isEmpty();
        String under = "complete -c quorate -n " + quoted(isGroup ? in(path) : "__quorate_under " + path);
        command.options().stream().filter(option -> !option.hidden()).forEach(option -> addOption(under, option));
        if (!isGroup) {
            command.positionalParameters().forEach(parameter -> addParameter(under, parameter));
        }
    }

    private static String in(String path) {
        return "__quorate_in " + (path.isEmpty() ? "''" : path);
    }

    private void addOption(String under, OptionSpec option) {
        StringBuilder names = new StringBuilder(under);
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            names.append(isFile(option) ? " -rF" : " -x");
        }
        String values = candidates(option);
        if (!values.isEmpty()) {
            lines.add(names + values); // in a line with the description, each value would have it
        }
        lines.add(names + description(option.description())); // fish shows that of the last line
    }

    private void addParameter(String under, PositionalParamSpec parameter) {
        String values = candidates(parameter);
        if (isFile(parameter)) {
            lines.add(under + " -F");
        } else if (!values.isEmpty()) {
            lines.add(under + values);
        }
    }

    private static boolean isFile(ArgSpec argument) {
        return argument.paramLabel().equals("FILE") || argument.paramLabel().equals("DIR");
    }

    private static String candidates(ArgSpec argument) {
        if (argument.completionCandidates() == null) {
            return "";
        }
        String values = StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                .collect(Collectors.joining(" "));
        return values.isEmpty() ? "" : " -a " + quoted(values);
    }

    private static String description(String[] lines) {
        return lines.length == 0 ? "" : " -d " + quoted(firstSentence(String.join(" ", lines)));
    }

    /** A list of candidates has one line for each. */
    private static String firstSentence(String text) {
        return text.split("[.;] |\\.$", 2)[0]
                .replaceAll(" \\(default: [^)]*\\)?", "")
                .replace("%n", " ")
                .replace("%%", "%")
                .strip();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
