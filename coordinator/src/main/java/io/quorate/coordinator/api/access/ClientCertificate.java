package io.quorate.coordinator.api.access;

import io.quorate.common.model.ClusterId;
import io.quorate.common.tls.CertificateTrust;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.common.tls.ShownCertificate;
import io.quorate.coordinator.api.connection.ClientConnections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client showed of itself at its handshake. A connection has many requests and one session of TLS, so the
 * session keeps this. Safe for use by several threads: a session that is resumed shares what it keeps.
 */
final class ClientCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ClientCertificate.class);
    private static final String KEPT_AS = "quorate.client";

    /**
     * A connection that has no request in the last so many ms of a certificate is closed before the certificate ends.
     */
    static final long NOTICE_MS = ClientConnections.IDLE_MS_MAX + 10_000;

    private final Optional<ShownCertificate> shown;
    private final Optional<String> name;

    private ClientCertificate(Optional<ShownCertificate> shown, Optional<String> name) {
        this.shown = shown;
        this.name = name;
    }

    /** @param cluster whose clients count */
    static ClientCertificate of(SSLSession session, ClusterId cluster, CertificateTrust trust) {
        ClientCertificate kept = (ClientCertificate) session.getValue(KEPT_AS);
        if (kept == null) {
            Optional<ShownCertificate> shown = ShownCertificate.of(session, trust);
            kept = new ClientCertificate(shown, shown.flatMap(certificate -> name(certificate, cluster)));
            session.putValue(KEPT_AS, kept);
        }
        return kept;
    }

    /** With two names, it would depend on the rules of the day which of the two principals this is. */
    private static Optional<String> name(ShownCertificate shown, ClusterId cluster) {
        List<CertifiedName> names = CertifiedName.allOf(shown.certificate()).stream()
                .filter(name ->
                        name.role() == CertifiedRole.CLIENT && name.cluster().equals(cluster))
                .distinct()
                .toList();
        if (names.size() > 1) {
            LOG.warn(
                    "a client certificate names {} principals, {}, and counts for none of them; make one for each",
                    names.size(),
                    names);
            return Optional.empty();
        }
        return names.stream().findFirst().map(name -> name.name().name());
    }

    /** Whether there is one that was good at the handshake, and is good no more. */
    boolean hasEnded() {
        return shown.isPresent() && !shown.get().isGood();
    }

    /**
     * Whether its connection should end now, while it is good. A client that has renewed its certificate shows the new
     * one when it connects again. If each connection with the old one ends in time, the client sees no refusal.
     */
    boolean endsSoon() {
        return shown.isPresent() && !shown.get().isGoodFor(NOTICE_MS);
    }

    /** The principal that it names, if it is good now. */
    Optional<Principal> in(AccessRules rules) {
        return hasEnded() ? Optional.empty() : name.flatMap(rules::named);
    }
}
