package io.quorate.deploy.client.option;

import io.quorate.deploy.client.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Where a cluster is, and who the client is: what a command line says, and a profile keeps. */
public final class ConnectionOptions {
    @Option(
            names = {"-e", "--endpoint", "--endpoints"},
            split = ",",
            paramLabel = "HOST:PORT",
            showDefaultValue = Visibility.NEVER,
            converter = EndpointConverter.class,
            description = "where nodes answer HTTP, tried in this order; may be repeated")
    private List<Endpoint> endpoints = List.of();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description =
                    "the authorities that vouch for the nodes, PEM; all endpoints speak TLS then. Without it, only"
                            + " those with https:// do")
    private Path authorities;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description = "the certificate of this client, PEM")
    private Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description = "the key of that certificate, PEM")
    private Path key;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description = "a file with the token by which the client says who it is; sent by TLS only")
    private Path tokenFile;

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public Optional<Path> authorities() {
        return Optional.ofNullable(authorities);
    }

    public Optional<Path> certificate() {
        return Optional.ofNullable(certificate);
    }

    public Optional<Path> key() {
        return Optional.ofNullable(key);
    }

    public Optional<Path> tokenFile() {
        return Optional.ofNullable(tokenFile);
    }
}
