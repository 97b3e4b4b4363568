package io.quorate.deploy.client.option;

import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.profile.Profile;
import io.quorate.deploy.client.profile.ProfileFile;
import io.quorate.deploy.client.profile.ProfileName;
import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.terminal.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a command reaches its cluster. For each part the first of these counts: the option, the variable, the profile,
 * the local cluster whose folder is here. The local cluster counts only if no endpoint is named, since no other cluster
 * may see its token.
 */
record Connection(
        ConnectionOptions given, Map<String, String> environment, Path workingDirectory, Optional<Profile> profile) {
    /** @param name of a profile. Without it the variable counts */
    static Connection of(
            ConnectionOptions given, Optional<String> name, Map<String, String> environment, Path workingDirectory) {
        Optional<Profile> profile = name.or(() -> variable(environment, "QUORATE_PROFILE"))
                .map(Connection::profileName)
                .map(each -> ProfileFile.of(environment).named(each));
        return new Connection(given, environment, workingDirectory, profile);
    }

    private static ProfileName profileName(String text) {
        try {
            return new ProfileName(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage() + ". Nothing was sent");
        }
    }

    boolean isNamed() {
        return !given.endpoints().isEmpty() || DefaultEndpoints.isNamed(environment) || profile.isPresent();
    }

    List<Endpoint> endpoints() {
        boolean tls = authorities().isPresent();
        return plain().stream()
                .map(endpoint -> tls ? endpoint.withTls() : endpoint)
                .toList();
    }

    private List<Endpoint> plain() {
        if (!given.endpoints().isEmpty()) {
            return given.endpoints();
        }
        if (profile.isPresent() && !DefaultEndpoints.isNamed(environment)) {
            return profile.get().endpoints();
        }
        try {
            return DefaultEndpoints.of(environment, workingDirectory);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }

    ClientTls tls() {
        ClientTls own = ownCertificate();
        if (own.certificate().isPresent() != own.key().isPresent()) {
            throw CommandFailure.usage("--cert and --key belong together; nothing was sent");
        }
        return new ClientTls(authorities(), own.certificate(), own.key());
    }

    private Optional<Path> authorities() {
        return given.authorities()
                .or(() -> file("QUORATE_CA"))
                .or(() -> profile.flatMap(each -> each.tls().authorities()))
                .or(() -> ofLocalCluster(PortLayout.AUTHORITIES));
    }

    /** The certificate and its key come from the same place. */
    private ClientTls ownCertificate() {
        Optional<Path> certificate = given.certificate().or(() -> file("QUORATE_CERT"));
        Optional<Path> key = given.key().or(() -> file("QUORATE_KEY"));
        if (certificate.isPresent() || key.isPresent()) {
            return new ClientTls(Optional.empty(), certificate, key);
        }
        return profile.map(Profile::certificate)
                .orElseGet(() -> new ClientTls(
                        Optional.empty(),
                        ofLocalCluster(PortLayout.ADMIN_CERTIFICATE),
                        ofLocalCluster(PortLayout.ADMIN_KEY)));
    }

    ClientToken token() {
        return given.tokenFile()
                .map(ClientToken::read)
                .or(() -> variable(environment, "QUORATE_TOKEN").map(ClientToken::of))
                .or(() -> file("QUORATE_TOKEN_FILE").map(ClientToken::read))
                .or(() -> profile.flatMap(Profile::token))
                .or(() -> ofLocalCluster(PortLayout.ADMIN_TOKEN).map(ClientToken::read))
                .orElse(ClientToken.NONE);
    }

    Optional<DurationOption> timeout() {
        return profile.flatMap(Profile::timeout);
    }

    private Optional<Path> ofLocalCluster(String name) {
        return isNamed() ? Optional.empty() : DefaultEndpoints.file(name, environment, workingDirectory);
    }

    private Optional<Path> file(String variable) {
        return variable(environment, variable).map(Path::of);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}
