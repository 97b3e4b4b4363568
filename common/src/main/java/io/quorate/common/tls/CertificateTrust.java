package io.quorate.common.tls;

import io.quorate.common.time.Clock;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.OptionalLong;
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
         * Until when the chain counts: the earliest end of its certificates up to the first one that one of these
         * authorities signed. A client may send more behind it, which prove nothing. Empty if none of them vouches for
         * the chain. It checks signatures, which takes about a millisecond.
         */
        OptionalLong vouchUntilMs(List<X509Certificate> chain);
    }

    /** Of a process without authorities: it accepts no certificate. */
    public static CertificateTrust nobody(Clock clock) {
        TrustedAuthorities none = chain -> OptionalLong.empty();
        return new CertificateTrust(() -> none, clock);
    }
}
