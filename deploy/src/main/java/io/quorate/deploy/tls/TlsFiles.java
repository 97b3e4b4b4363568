package io.quorate.deploy.tls;

import io.quorate.common.time.Clock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.deploy.terminal.FileRights;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files of TLS that a configuration names.
 *
 * @param certificate of this process, perhaps followed by those between it and an authority
 * @param key of that certificate
 * @param authorities that this process trusts, one or several
 */
public record TlsFiles(Path certificate, Path key, Path authorities) {
    /**
     * Reads all three, and checks that other processes of the cluster can accept them.
     *
     * @param holder this process
     * @throws TlsFileException for the first thing that is wrong
     */
    public TlsMaterial read(CertifiedName holder, Clock clock) throws TlsFileException {
        Instant now = Instant.ofEpochMilli(clock.wallMs());
        List<X509Certificate> chain = CertificateFile.read(certificate);
        PrivateKey privateKey = KeyFile.read(key);
        List<X509Certificate> trusted = CertificateFile.read(authorities);
        requireKey(privateKey, chain.get(0));
        requireName(holder, chain.get(0));
        requireTime(chain.get(0), now);
        requireAuthority(chain, trusted, now);
        return new TlsMaterial(chain, privateKey, trusted);
    }

    /**
     * The digests of the bytes of all three. It differs if one of them changed, however its time and size look.
     *
     * @throws TlsFileException if one cannot be read, or others may write it, or read the key
     */
    String contents() throws TlsFileException {
        requireRights();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            StringBuilder all = new StringBuilder();
            for (Path file : List.of(certificate, key, authorities)) {
                all.append(HexFormat.of().formatHex(digest.digest(PemFile.bytes(file, "a PEM file"))));
            }
            return all.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The habit of PostgreSQL: a key of root may have a group of readers, and a key of this user none. */
    private void requireRights() throws TlsFileException {
        for (Path file : List.of(key, authorities)) {
            Optional<FileRights> rights = rights(file);
            if (rights.isPresent() && !rights.get().isSafeFromWriters()) {
                throw new TlsFileException(
                        file,
                        "others may write it: " + rights.get(),
                        "needed: the user of this process or root as its owner, and no other writers (chmod go-w)");
            }
        }
        Optional<FileRights> rights = rights(key);
        if (rights.isPresent() && !rights.get().isSafeFromReaders()) {
            throw new TlsFileException(
                    key,
                    "others may read the key: " + rights.get(),
                    "needed: mode 0600, or 0640 if root is its owner. In Kubernetes, defaultMode: 0440 and an fsGroup");
        }
    }

    private static Optional<FileRights> rights(Path file) throws TlsFileException {
        try {
            return FileRights.of(file);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // reading it says so
        } catch (IOException e) {
            throw new TlsFileException(
                    file, "its owner and mode cannot be read: " + e.getMessage(), "expected: a PEM file");
        }
    }

    private void requireKey(PrivateKey privateKey, X509Certificate own) throws TlsFileException {
        if (!KeyFile.fits(privateKey, own)) {
            throw new TlsFileException(
                    key, "it is not the key of " + certificate, "expected: the key that belongs to that certificate");
        }
    }

    private void requireName(CertifiedName holder, X509Certificate own) throws TlsFileException {
        List<CertifiedName> names = CertifiedName.allOf(own);
        if (!names.contains(holder)) {
            throw new TlsFileException(
                    certificate,
                    names.isEmpty() ? "it names no process of Quorate" : "it names " + names,
                    "expected: the subject alternative name URI:" + holder);
        }
    }

    private void requireTime(X509Certificate own, Instant now) throws TlsFileException {
        Instant from = own.getNotBefore().toInstant();
        Instant until = own.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            throw new TlsFileException(
                    certificate, "it expired at " + until, "expected: a certificate that is valid now");
        }
        if (now.isBefore(from)) {
            throw new TlsFileException(
                    certificate,
                    "it is valid only from " + from,
                    "expected: a certificate that is valid now. Compare the clocks of the machines");
        }
    }

    private void requireAuthority(List<X509Certificate> chain, List<X509Certificate> trusted, Instant now)
            throws TlsFileException {
        try {
            PKIXParameters parameters = new PKIXParameters(trusted.stream()
                    .map(authority -> new TrustAnchor(authority, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(belowAuthorities(chain, trusted)),
                            parameters);
        } catch (GeneralSecurityException e) {
            throw new TlsFileException(
                    certificate,
                    "no authority in " + authorities + " vouches for it (" + e.getMessage() + ")",
                    "expected: a certificate that one of them signed, followed by all those between the two");
        }
    }

    /** A chain may end with the authority itself. */
    private static List<X509Certificate> belowAuthorities(List<X509Certificate> chain, List<X509Certificate> trusted) {
        List<X509Certificate> below =
                chain.stream().filter(each -> !trusted.contains(each)).toList();
        return below.isEmpty() ? chain : below;
    }
}
