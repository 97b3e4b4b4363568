package io.quorate.deploy.profile;

import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.profile.Profile;
import io.quorate.deploy.client.profile.ProfileFile;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.Terminal;
import io.quorate.deploy.terminal.TextTable;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = "Lists all profiles: their endpoints, and by what the client says who it is.",
        footer = {"", "Examples:", "  quorate profile list", "  quorate profile list --file team.yaml"})
final class ListProfilesCommand implements Callable<Integer> {
    @Mixin
    private ProfileHelp help;

    @Mixin
    private ProfileFileOption option;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ProfileFile file = option.file();
        TextTable table = new TextTable("PROFILE", "ENDPOINTS", "TLS", "WHO");
        file.profiles().forEach((name, profile) -> table.row(name, endpoints(profile), tls(profile), who(profile)));
        table.lines(Terminal.current()).forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getErr().println("in " + file.path());
        return ExitCode.SUCCESS;
    }

    private static String endpoints(Profile profile) {
        return profile.endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(","));
    }

    private static String tls(Profile profile) {
        boolean all = profile.tls().authorities().isPresent();
        return all || profile.endpoints().stream().allMatch(Endpoint::tls) ? "yes" : "no";
    }

    /** A request with a token is judged by the token alone. */
    private static String who(Profile profile) {
        if (profile.tokenFile().isPresent()) {
            return "token";
        }
        return profile.tls().certificate().isPresent() ? "certificate" : "-";
    }
}
