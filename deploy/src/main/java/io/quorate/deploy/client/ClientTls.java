package io.quorate.deploy.client;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.tls.CertificateFile;
import io.quorate.deploy.tls.KeyFile;
import io.quorate.deploy.tls.TlsFileException;
import io.quorate.deploy.tls.TlsMaterial;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;

/**
 * The files of TLS that a command names.
 *
 * @param authorities that the client trusts. Without them it trusts those of the JDK
 * @param certificate by which the client says who it is
 * @param key of that certificate
 */
public record ClientTls(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {
    /** By which a client checks the host. */
    static final String OF_HTTPS = "HTTPS";

    public static final ClientTls NONE = new ClientTls(Optional.empty(), Optional.empty(), Optional.empty());

    /** Of a client without a certificate. */
    public static ClientTls trusting(Path authorities) {
        return new ClientTls(Optional.of(authorities), Optional.empty(), Optional.empty());
    }

    /**
     * The options of plain sockets, for endpoints with TLS or without. The certificate of a server must name its host.
     */
    public NetClientOptions socketOptions() {
        NetClientOptions options =
                new NetClientOptions().setTcpNoDelay(true).setHostnameVerificationAlgorithm(OF_HTTPS);
        applyTo(options);
        return options;
    }

    /** For clients of Vert.x. They also check the host. */
    public HttpClientOptions httpOptions() {
        HttpClientOptions options = new HttpClientOptions();
        applyTo(options);
        return options;
    }

    /** For sockets of the JDK. */
    public SSLSocketFactory socketFactory() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context.getSocketFactory();
        } catch (TlsFileException e) {
            throw wrong(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /** Null for no certificate. */
    private KeyManager[] keyManagers() throws TlsFileException {
        return certificate.isPresent() && key.isPresent() ? new KeyManager[] {keyManager()} : null;
    }

    private X509KeyManager keyManager() throws TlsFileException {
        SecretFile.requireSecret(key.get(), "the key");
        return TlsMaterial.keyManager(CertificateFile.read(certificate.get()), KeyFile.read(key.get()));
    }

    /** Null for the authorities of the JDK. */
    private TrustManager[] trustManagers() throws TlsFileException {
        return authorities.isPresent()
                ? new TrustManager[] {TlsMaterial.trustManager(CertificateFile.read(authorities.get()))}
                : null;
    }

    private static CommandFailure wrong(TlsFileException e) {
        return CommandFailure.usage(e.getMessage() + "; nothing was sent");
    }

    /** @throws CommandFailure if a file is missing or wrong */
    private void applyTo(ClientOptionsBase options) {
        try {
            if (authorities.isPresent()) {
                options.setTrustOptions(
                        TrustOptions.wrap(TlsMaterial.trustManager(CertificateFile.read(authorities.get()))));
            }
            if (certificate.isPresent() && key.isPresent()) {
                options.setKeyCertOptions(KeyCertOptions.wrap(keyManager()));
            }
        } catch (TlsFileException e) {
            throw wrong(e);
        }
    }

    List<String> curlArguments() {
        List<String> words = new ArrayList<>();
        authorities.ifPresent(file -> words.addAll(List.of("--cacert", file.toString())));
        certificate.ifPresent(file -> words.addAll(List.of("--cert", file.toString())));
        key.ifPresent(file -> words.addAll(List.of("--key", file.toString())));
        return words;
    }
}
