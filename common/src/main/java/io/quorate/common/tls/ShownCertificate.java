package io.quorate.common.tls;

import io.quorate.common.tls.CertificateTrust.TrustedAuthorities;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * A certificate that the other end of a connection showed at its handshake. TLS looks at it then, and never again. So
 * this judges it for as long as the connection lasts. Safe for use by several threads.
 */
public final class ShownCertificate {
    private final List<X509Certificate> chain;
    private final CertificateTrust trust;
    private volatile TrustVerdict last;

    /** Until when these authorities vouch for it, if they do. It holds until there are others. */
    private record TrustVerdict(TrustedAuthorities by, OptionalLong untilMs) {}

    private ShownCertificate(List<X509Certificate> chain, CertificateTrust trust) {
        this.chain = chain;
        this.trust = trust;
        this.last = judge(trust.authorities().get());
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
        return new TrustVerdict(authorities, authorities.vouchUntilMs(chain));
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
        return isGoodFor(0);
    }

    /** Whether an authority in use vouches for it now, and it does not expire within {@code ms}. */
    public boolean isGoodFor(long ms) {
        OptionalLong untilMs = verdict().untilMs();
        return untilMs.isPresent() && trust.clock().wallMs() + ms <= untilMs.getAsLong();
    }

    private TrustVerdict verdict() {
        TrustedAuthorities now = trust.authorities().get();
        TrustVerdict verdict = last;
        if (verdict.by() != now) {
            verdict = judge(now);
            last = verdict;
        }
        return verdict;
    }
}
