package io.quorate.deploy.tls;

import io.quorate.common.link.PeerSockets;
import io.quorate.common.time.Clock;
import io.quorate.common.tls.CertificateTrust;
import io.quorate.common.tls.CertificateTrust.TrustedAuthorities;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sockets with TLS 1.3. Peers show each other certificates. Clients see the server's, and may show one of theirs. New
 * certificates reach all sockets that were made here: connections that are open go on, and later ones use the new
 * certificates. For any thread.
 */
public final class TlsSockets implements PeerSockets {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");
    private static final long HANDSHAKE_S_MAX = 3;

    /** The host in a certificate is for clients. A peer is recognised by its name in the cluster, at any address. */
    private static final String NO_HOST_VERIFICATION = "";

    private final List<MaterialUser> users = new ArrayList<>();
    private TlsMaterial material;
    private volatile TrustedAuthorities trusted;

    /** Something that has to use new certificates. */
    private interface MaterialUser {
        Future<?> use(TlsMaterial fresh);
    }

    public TlsSockets(TlsMaterial material) {
        this.material = material;
        this.trusted = material.trusted();
    }

    public synchronized TlsMaterial material() {
        return material;
    }

    /** The authorities of now, for certificates that were shown before. */
    public CertificateTrust trust(Clock clock) {
        return new CertificateTrust(() -> trusted, clock);
    }

    /** All sockets use it from now on, those that are made later too. */
    public synchronized Future<?> use(TlsMaterial fresh) {
        material = fresh;
        trusted = fresh.trusted();
        return Future.join(users.stream().map(user -> user.use(fresh)).toList());
    }

    @Override
    public synchronized NetServer server(Vertx vertx, NetServerOptions options) {
        options.setSsl(true).setClientAuth(ClientAuth.REQUIRED);
        common(options.getSslOptions(), material);
        NetServer server = vertx.createNetServer(options);
        users.add(fresh -> server.updateSSLOptions(serverOptions(fresh).setClientAuth(ClientAuth.REQUIRED), true));
        return server;
    }

    @Override
    public synchronized NetClient client(Vertx vertx, NetClientOptions options) {
        options.setSsl(true).setHostnameVerificationAlgorithm(NO_HOST_VERIFICATION);
        common(options.getSslOptions(), material);
        NetClient client = vertx.createNetClient(options);
        users.add(fresh -> client.updateSSLOptions(clientOptions(fresh), true));
        return client;
    }

    /** A server for clients. */
    public synchronized HttpServer httpServer(Vertx vertx, HttpServerOptions options) {
        options.setSsl(true).setClientAuth(ClientAuth.REQUEST);
        common(options.getSslOptions(), material);
        HttpServer server = vertx.createHttpServer(options);
        users.add(fresh -> server.updateSSLOptions(serverOptions(fresh).setClientAuth(ClientAuth.REQUEST), true));
        return server;
    }

    private static ServerSSLOptions serverOptions(TlsMaterial fresh) {
        return common(new ServerSSLOptions(), fresh);
    }

    private static ClientSSLOptions clientOptions(TlsMaterial fresh) {
        return common(new ClientSSLOptions().setHostnameVerificationAlgorithm(NO_HOST_VERIFICATION), fresh);
    }

    private static <T extends SSLOptions> T common(T options, TlsMaterial fresh) {
        options.setUseAlpn(false)
                .setKeyCertOptions(KeyCertOptions.wrap(fresh.keyManager()))
                .setTrustOptions(TrustOptions.wrap(fresh.trustManager()))
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeout(HANDSHAKE_S_MAX)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        return options;
    }
}
