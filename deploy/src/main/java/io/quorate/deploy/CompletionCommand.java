package io.quorate.deploy;

import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpOption;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
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
            "  echo 'source <(quorate completion zsh)' >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        bash,
        zsh
    }

    @Mixin
    private HelpOption help;

    /** The script is the same for both shells: it finds out in which one it runs. */
    @Parameters(paramLabel = "bash|zsh", description = "the shell")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .println(AutoComplete.bash("quorate", spec.root().commandLine()));
        return ExitCode.SUCCESS;
    }
}
