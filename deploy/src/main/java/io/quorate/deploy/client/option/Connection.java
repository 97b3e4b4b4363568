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
 * How a command reaches its cluster. For each part the first of these counts: the option, the profile of the option
 * {@code --profile}, the variable, the profile of {@code QUORATE_PROFILE}, the local cluster whose folder is here.
 *
 * <p>No cluster may see the token of another one, or get the writes that are for another one:
 *
 * <ul>
 *   <li>With {@code --profile} no variable counts, and {@code --endpoint} must name endpoints of that profile.
 *   <li>The profile of {@code QUORATE_PROFILE} and the local cluster count only if no endpoint is named elsewhere.
 * </ul>
 *
 * @param environment the variables that count
 * @param profile the one that counts
 */
record Connection(
        ConnectionOptions given, Map<String, String> environment, Path workingDirectory, Optional<Profile> profile) {
    /** @param name of a profile, as the user typed it. Without it the variables count */
    static Connection of(
            ConnectionOptions given, Optional<String> name, Map<String, String> environment, Path workingDirectory) {
        return name.map(typed -> ofProfile(given, typed, environment, workingDirectory))
                .orElseGet(() -> ofVariables(given, environment, workingDirectory));
    }

    private static Connection ofProfile(
            ConnectionOptions given, String name, Map<String, String> environment, Path workingDirectory) {
        Profile profile = profile(name, environment);
        given.endpoints().stream()
                .filter(endpoint -> profile.endpointLike(endpoint).isEmpty())
                .findFirst()
                .ifPresent(foreign -> refuse(foreign, name));
        return new Connection(given, Map.of(), workingDirectory, Optional.of(profile));
    }

    private static void refuse(Endpoint foreign, String name) {
        throw CommandFailure.usage("--endpoint " + foreign.text() + " is no endpoint of --profile " + name
                + ", and another cluster must not see its token. Leave one of the two out. Nothing was sent");
    }

    private static Connection ofVariables(
            ConnectionOptions given, Map<String, String> environment, Path workingDirectory) {
        boolean isElsewhere = !given.endpoints().isEmpty() || DefaultEndpoints.isNamed(environment);
        Optional<Profile> profile = variable(environment, "QUORATE_PROFILE")
                .filter(name -> !isElsewhere)
                .map(name -> profile(name, environment));
        return new Connection(given, environment, workingDirectory, profile);
    }

    private static Profile profile(String name, Map<String, String> environment) {
        return ProfileFile.of(environment).named(profileName(name));
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
            return given.endpoints().stream().map(this::asInProfile).toList();
        }
        if (profile.isPresent()) {
            return profile.get().endpoints();
        }
        try {
            return DefaultEndpoints.of(environment, workingDirectory);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }

    /** An endpoint for which the profile has HTTPS is never asked without it. */
    private Endpoint asInProfile(Endpoint typed) {
        return profile.flatMap(each -> each.endpointLike(typed))
                .filter(Endpoint::tls)
                .orElse(typed);
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
        return profile.map(Profile::tls)
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
