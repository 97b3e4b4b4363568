package io.quorate.deploy;

import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpOption;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints a script by which a shell completes the commands and options of quorate.",
        footer = {
            "",
            "Examples:",
            "  quorate completion bash > ~/.local/share/bash-completion/completions/quorate",
            "  quorate completion fish > ~/.config/fish/completions/quorate.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Mixin
    private HelpOption help;

    @Parameters(paramLabel = "bash|zsh|fish", description = "the shell")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(script(spec.root().commandLine()));
        return ExitCode.SUCCESS;
    }

    /** That of picocli is the same for bash and zsh: it finds out in which one it runs. */
    private String script(CommandLine root) {
        return shell == Shell.fish ? FishCompletion.of(root) : AutoComplete.bash("quorate", root);
    }
}
