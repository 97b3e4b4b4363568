package io.quorate.common.tls;

import io.quorate.common.tls.CertificateTrust.TrustedAuthorities;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * A certificate that the other end of a connection showed at its handshake. TLS looks at it then, and never again. So
 * this judges it for as long as the connection lasts. Safe for use by several threads.
 */
public final class ShownCertificate {
    private final List<X509Certificate> chain;
    private final CertificateTrust trust;
    private final long untilMs;
    private volatile TrustVerdict last;

    /** Whether these authorities vouch for it. It holds until there are others. */
    private record TrustVerdict(TrustedAuthorities by, boolean isGood) {}

    private ShownCertificate(List<X509Certificate> chain, CertificateTrust trust) {
        this.chain = chain;
        this.trust = trust;
        this.untilMs = chain.stream()
                .filter(each -> each == chain.get(0) || !isAuthority(each))
                .mapToLong(each -> each.getNotAfter().getTime())
                .min()
                .orElseThrow();
        this.last = judge(trust.authorities().get());
    }

    /** A chain may end with its authority. That one is trusted, or not, whatever its dates are. */
    private static boolean isAuthority(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** Empty if the other end showed none. */
    public static Optional<ShownCertificate> of(SSLSession session, CertificateTrust trust) {
        try {
            List<X509Certificate> chain = List.of(session.getPeerCertificates()).stream()
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
            return chain.isEmpty() ? Optional.empty() : Optional.of(new ShownCertificate(chain, trust));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // TLS has asked, and the other end has none
        }
    }

    private TrustVerdict judge(TrustedAuthorities authorities) {
        return new TrustVerdict(authorities, authorities.vouchFor(chain));
    }

    /** The holder's own. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * Whether an authority in use vouches for it now, and it has not expired. It checks signatures only if the
     * authorities have changed.
     */
    public boolean isGood() {
        TrustedAuthorities now = trust.authorities().get();
        if (last.by() != now) {
            last = judge(now);
        }
        return last.isGood() && trust.clock().wallMs() <= untilMs;
    }
}
