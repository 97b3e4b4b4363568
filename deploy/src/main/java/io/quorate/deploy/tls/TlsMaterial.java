package io.quorate.deploy.tls;

import io.quorate.common.tls.CertificateTrust.TrustedAuthorities;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * What a process needs for TLS, read and checked.
 *
 * @param chain its own certificate, and those between it and an authority
 * @param authorities those that it trusts
 */
public record TlsMaterial(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
    private static final char[] NO_PASSWORD = {};

    /** TLS 1.3 has one for all keys. */
    private static final String ANY_KEY_EXCHANGE = "UNKNOWN";

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** When the first of its own certificates expires. */
    public Instant expiry() {
        return chain.stream()
                .map(each -> each.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Of the authorities, when the last one expires: two of them overlap while one follows the other. */
    public Instant authorityExpiry() {
        return authorities.stream()
                .map(each -> each.getNotAfter().toInstant())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    X509KeyManager keyManager() {
        return keyManager(chain, key);
    }

    /** Shows this certificate, and proves that it has the key. */
    public static X509KeyManager keyManager(List<X509Certificate> chain, PrivateKey key) {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return (X509KeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot use the key", e);
        }
    }

    X509TrustManager trustManager() {
        return trustManager(authorities);
    }

    /** Judges chains that were shown before as the handshake judges them. */
    TrustedAuthorities trusted() {
        X509TrustManager manager = trustManager();
        return chain -> {
            try {
                manager.checkClientTrusted(chain.toArray(X509Certificate[]::new), ANY_KEY_EXCHANGE);
                return OptionalLong.of(endMs(chain));
            } catch (CertificateException e) {
                return OptionalLong.empty(); // no authority of these vouches for it
            }
        };
    }

    /** An authority is trusted whatever its dates are. Whatever the client sent behind it does not matter. */
    private long endMs(List<X509Certificate> chain) {
        long endMs = Long.MAX_VALUE;
        for (X509Certificate each : chain) {
            if (each != chain.get(0) && authorities.contains(each)) {
                break;
            }
            endMs = Math.min(endMs, each.getNotAfter().getTime());
            if (authorities.stream().anyMatch(authority -> hasSigned(authority, each))) {
                break;
            }
        }
        return endMs;
    }

    private static boolean hasSigned(X509Certificate authority, X509Certificate certificate) {
        if (!authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // another authority of the same name signed it
        }
    }

    /** Trusts what these authorities signed, and nothing else. */
    public static X509TrustManager trustManager(List<X509Certificate> authorities) {
        try {
            KeyStore store = emptyStore();
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot use the authorities", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store reads no file", e);
        }
    }
}
