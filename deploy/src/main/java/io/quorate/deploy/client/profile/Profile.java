package io.quorate.deploy.client.profile;

import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a command reaches one cluster. All paths are absolute.
 *
 * @param endpoints at least one, in the order in which a command tries them
 * @param timeout how long the nodes may take, if a command does not say so
 */
public record Profile(
        List<Endpoint> endpoints, ClientTls tls, Optional<Path> tokenFile, Optional<DurationOption> timeout) {
    public Profile {
        endpoints = List.copyOf(endpoints);
    }

    /** The endpoint with the same host and port. */
    public Optional<Endpoint> endpointLike(Endpoint other) {
        return endpoints.stream().filter(each -> each.hasAddressOf(other)).findFirst();
    }

    /** @throws io.quorate.deploy.terminal.CommandFailure if others may read the file, or it holds no token */
    public Optional<ClientToken> token() {
        return tokenFile.map(ClientToken::read);
    }
}
