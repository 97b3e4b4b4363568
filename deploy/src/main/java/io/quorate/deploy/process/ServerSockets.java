package io.quorate.deploy.process;

import io.quorate.common.link.PeerSockets;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertificateTrust;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.metrics.Metrics;
import io.quorate.deploy.tls.TlsFileException;
import io.quorate.deploy.tls.TlsFiles;
import io.quorate.deploy.tls.TlsRotation;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.Optional;

/** Makes all sockets of a process, with TLS or without. For any thread. */
final class ServerSockets {
    private final Optional<TlsRotation> tls;

    private ServerSockets(Optional<TlsRotation> tls) {
        this.tls = tls;
    }

    /** @throws StartException if a file of TLS is missing or wrong */
    static ServerSockets open(CoordinatorConfiguration configuration, CertifiedRole role) throws StartException {
        Optional<TlsFiles> files = configuration.tls().files();
        if (files.isEmpty()) {
            return new ServerSockets(Optional.empty());
        }
        CertifiedName holder = new CertifiedName(configuration.clusterId(), role, configuration.nodeId());
        try {
            return new ServerSockets(Optional.of(TlsRotation.start(files.get(), holder, SystemClock.INSTANCE)));
        } catch (TlsFileException e) {
            throw new StartException(e.getMessage(), e);
        }
    }

    /** New certificates come into use without a restart, until {@code vertx} closes. */
    void watchFiles(Vertx vertx) {
        tls.ifPresent(rotation -> WatchedFiles.look(vertx, rotation::look));
    }

    void bindMetrics(Metrics metrics) {
        metrics.watch(tls);
    }

    /** For certificates of clients. Without TLS it accepts none. */
    CertificateTrust trust() {
        return tls.map(rotation -> rotation.sockets().trust(SystemClock.INSTANCE))
                .orElseGet(() -> CertificateTrust.nobody(SystemClock.INSTANCE));
    }

    PeerSockets peers() {
        return tls.isPresent() ? tls.get().sockets() : PeerSockets.PLAIN;
    }

    /** @param options all but those of TLS */
    HttpServer httpServer(Vertx vertx, HttpServerOptions options) {
        return tls.isPresent() ? tls.get().sockets().httpServer(vertx, options) : vertx.createHttpServer(options);
    }

    /** Of the addresses of the HTTP API. */
    String scheme() {
        return tls.isPresent() ? "https" : "http";
    }
}
