package io.quorate.deploy;

import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.option.EndpointsOption;
import io.quorate.deploy.shell.ClusterNames;
import io.quorate.deploy.shell.InheritedOptions;
import io.quorate.deploy.shell.ShellHistory;
import io.quorate.deploy.shell.ShellPrompt;
import io.quorate.deploy.shell.ShellScript;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpOption;
import io.quorate.deploy.terminal.StandardStreams;
import io.quorate.deploy.terminal.Terminal;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "shell",
        description = "Runs commands one after the other, which you type, or which standard input has.",
        footer = {
            "",
            "Inside, commands have no 'quorate' in front. They have the shell's options for the cluster, unless they name "
                    + "another one. On a terminal Tab completes commands, options, keys and node names, Ctrl-C ends a "
                    + "command, and Ctrl-D or 'exit' the shell. Otherwise the shell ends at the first line that fails, "
                    + "with its exit code. A line that begins with # is a comment.",
            "",
            "Examples:",
            "  quorate shell --profile prod",
            "  quorate shell --keep-going -e 127.0.0.1:7001"
        })
final class ShellCommand implements Callable<Integer> {
    /** They are processes of their own, or make no sense inside. */
    private static final List<String> NOT_INSIDE =
            List.of("node", "coordinator", "demo", "archive", "completion", "shell");

    @Mixin
    private HelpOption help;

    @Mixin
    private EndpointsOption endpoints;

    @Option(names = "--keep-going", description = "without a terminal: go on behind a line that fails")
    private boolean keepGoing;

    @Spec
    private CommandSpec spec;

    private InheritedOptions inherited;

    @Override
    public Integer call() {
        inherited = InheritedOptions.of(spec.commandLine().getParseResult());
        InputStream in = StandardStreams.takeIn();
        if (!Terminal.current().in()) {
            return new ShellScript(in, this::run, keepGoing, spec.commandLine().getErr()).run();
        }
        try (ClusterClient client = new ClusterClient(endpoints.endpoints(), endpoints.tls(), endpoints.token())) {
            new ShellPrompt(this::run, spec.commandLine().getErr())
                    .run(commands(), new ClusterNames(client), ShellHistory.file(System.getenv()));
        }
        return ExitCode.SUCCESS;
    }

    private int run(List<String> words) {
        CommandLine commands = commands();
        if (InheritedOptions.isForSameCluster(commands(), words)) {
            commands.setDefaultValueProvider(inherited);
        }
        return commands.setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr())
                .execute(words.toArray(String[]::new));
    }

    private CommandLine commands() {
        CommandLine commands = ((CommandLines.Source) spec.root().userObject()).allCommands();
        NOT_INSIDE.forEach(commands.getCommandSpec()::removeSubcommand);
        return commands;
    }
}
