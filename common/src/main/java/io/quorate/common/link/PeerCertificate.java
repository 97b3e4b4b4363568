package io.quorate.common.link;

import io.quorate.common.tls.CertifiedName;
import io.vertx.core.net.NetSocket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Compares what a peer says of itself with what its certificate says. TLS has proven before that an authority of this
 * cluster signed the certificate, and that the peer holds its key.
 */
public final class PeerCertificate {
    private PeerCertificate() {}

    /**
     * What is wrong with the certificate behind a connection. Empty if nothing is, and always without TLS.
     *
     * @param claimed who the peer is, as it says
     */
    public static Optional<String> objection(NetSocket socket, CertifiedName claimed) {
        if (!socket.isSsl()) {
            return Optional.empty();
        }
        try {
            List<CertifiedName> names = names(socket.peerCertificates());
            return names.contains(claimed)
                    ? Optional.empty()
                    : Optional.of("its certificate names " + names + ", and not " + claimed);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.of("it has no certificate");
        }
    }

    private static List<CertifiedName> names(List<Certificate> chain) {
        return !chain.isEmpty() && chain.get(0) instanceof X509Certificate holder
                ? CertifiedName.allOf(holder)
                : List.of();
    }
}
