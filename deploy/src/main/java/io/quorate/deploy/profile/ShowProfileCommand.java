package io.quorate.deploy.profile;

import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.profile.Profile;
import io.quorate.deploy.client.profile.ProfileField;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.PrintableText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        description = "Shows a profile, with the full names of its files.",
        footer = {"", "Examples:", "  quorate profile show prod"})
final class ShowProfileCommand implements Callable<Integer> {
    @Mixin
    private ProfileHelp help;

    @Mixin
    private NamedProfile named;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Profile profile = named.read();
        line(
                ProfileField.ENDPOINTS,
                Optional.of(profile.endpoints().stream().map(Endpoint::text).collect(Collectors.joining(" "))));
        line(ProfileField.CA, profile.tls().authorities().map(Path::toString));
        line(ProfileField.CERT, profile.tls().certificate().map(Path::toString));
        line(ProfileField.KEY, profile.tls().key().map(Path::toString));
        line(ProfileField.TOKEN_FILE, profile.tokenFile().map(Path::toString));
        line(ProfileField.TIMEOUT, profile.timeout().map(DurationOption::text));
        return ExitCode.SUCCESS;
    }

    private void line(ProfileField field, Optional<String> value) {
        PrintWriter out = spec.commandLine().getOut();
        value.ifPresent(text -> out.println(String.format("%-10s %s", field.text(), PrintableText.text(text))));
    }
}
