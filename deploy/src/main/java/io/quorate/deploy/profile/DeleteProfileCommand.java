package io.quorate.deploy.profile;

import io.quorate.deploy.client.profile.ProfileFile;
import io.quorate.deploy.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "delete",
        description = "Deletes a profile. The files that it names stay.",
        footer = {"", "Examples:", "  quorate profile delete prod"})
final class DeleteProfileCommand implements Callable<Integer> {
    @Mixin
    private ProfileHelp help;

    @Mixin
    private NamedProfile named;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ProfileFile file = named.file();
        file.delete(named.name());
        spec.commandLine().getOut().println("deleted " + named.name() + " from " + file.path());
        return ExitCode.SUCCESS;
    }
}
