package io.quorate.deploy.profile;

import io.quorate.deploy.client.profile.ProfileFile;
import io.quorate.deploy.client.profile.ProfileName;
import io.quorate.deploy.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "delete",
        description = "Deletes a profile. The files that it names stay.",
        footer = {"", "Examples:", "  quorate profile delete prod"})
final class DeleteProfileCommand implements Callable<Integer> {
    @Mixin
    private ProfileHelp help;

    @Parameters(paramLabel = "NAME", converter = ProfileNameConverter.class, description = "the profile")
    private ProfileName name;

    @Mixin
    private ProfileFileOption option;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ProfileFile file = option.file();
        file.delete(name);
        spec.commandLine().getOut().println("deleted " + name + " from " + file.path());
        return ExitCode.SUCCESS;
    }
}
