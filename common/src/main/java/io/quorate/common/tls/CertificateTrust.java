package io.quorate.common.tls;

import io.quorate.common.time.Clock;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a process trusts now. For certificates that were shown at an earlier handshake. Safe for use by several threads.
 *
 * @param authorities gives those in use. After a change it gives another object
 * @param clock says what has expired
 */
public record CertificateTrust(Supplier<TrustedAuthorities> authorities, Clock clock) {
    /** The authorities of one moment. */
    public interface TrustedAuthorities {
        /**
         * Whether one of them signed the certificate, directly or by others of the chain. It checks signatures, which
         * takes about a millisecond.
         */
        boolean vouchFor(List<X509Certificate> chain);
    }

    /** Of a process without authorities: it accepts no certificate. */
    public static CertificateTrust nobody(Clock clock) {
        TrustedAuthorities none = chain -> false;
        return new CertificateTrust(() -> none, clock);
    }
}
