package io.quorate.deploy.shell;

import io.quorate.deploy.client.option.ConnectionOptions;
import io.quorate.deploy.client.option.EndpointsOption;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The options by which the shell was told where the cluster is. Each command inside has them too, unless it names
 * endpoints or a profile of its own: then it gets none of them, since no other cluster may see the shell's token.
 */
public final class InheritedOptions implements IDefaultValueProvider {
    private static final List<String> OTHER_CLUSTER = List.of("--endpoint", "--profile");

    private final Map<String, String> values;

    private InheritedOptions(Map<String, String> values) {
        this.values = values;
    }

    /** @param shell the command line of the shell itself */
    public static InheritedOptions of(ParseResult shell) {
        Map<String, String> values = new TreeMap<>();
        for (OptionSpec option : shell.matchedOptions()) {
            if (isConnection(option)) {
                values.put(option.longestName(), String.join(",", option.originalStringValues()));
            }
        }
        return new InheritedOptions(values);
    }

    private static boolean isConnection(OptionSpec option) {
        return option.userObject() instanceof Field field
                && (field.getDeclaringClass() == ConnectionOptions.class
                        || field.getDeclaringClass() == EndpointsOption.class);
    }

    /** Whether the command line is for the cluster of the shell. One that is wrong is. */
    public static boolean isForSameCluster(CommandLine commands, List<String> words) {
        try {
            ParseResult parsed = commands.parseArgs(words.toArray(String[]::new));
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            return OTHER_CLUSTER.stream().noneMatch(parsed::hasMatchedOption);
        } catch (ParameterException e) {
            return true;
        }
    }

    /** A command that describes a profile takes such options too, and means another thing by them. */
    @Override
    public String defaultValue(ArgSpec argument) {
        CommandSpec command = argument.command();
        return argument instanceof OptionSpec option && isConnection(option) && command.findOption("--profile") != null
                ? values.get(option.longestName())
                : null;
    }
}
