package io.quorate.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.tls.CertifiedName;
import io.quorate.deploy.tls.CertificateFile;
import io.quorate.deploy.tls.KeyFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code quorate cert}, and what it writes as the JDK reads it. */
class CertCommandTest {
    @TempDir
    Path folder;

    private Path certs;
    private String out = "";
    private String err = "";

    @BeforeEach
    void anAuthority() {
        certs = folder.resolve("certs");
        assertEquals(0, run("create-ca", "--cluster", "demo", "--dir", certs), () -> err);
    }

    private int run(Object... arguments) {
        StringWriter standard = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Quorate.commandLine()
                .setOut(new PrintWriter(standard))
                .setErr(new PrintWriter(errors))
                .execute(Stream.concat(Stream.of("cert"), Stream.of(arguments).map(Object::toString))
                        .toArray(String[]::new));
        out = standard.toString();
        err = errors.toString();
        return code;
    }

    private int node(String id, Object... more) {
        Stream<Object> fixed = Stream.of("create-node", id, "--cluster", "demo", "--ca-dir", certs, "--dir", certs);
        return run(Stream.concat(fixed, Stream.of(more)).toArray());
    }

    private X509Certificate certificate(String name) throws Exception {
        return CertificateFile.read(certs.resolve(name + ".crt")).get(0);
    }

    @Test
    void aNodeGetsACertificateThatItsAuthorityVouchesFor() throws Exception {
        assertEquals(0, node("n1", "--host", "db1.example.com", "--host", "10.0.0.1,::1"), () -> err);

        X509Certificate node = certificate("n1");
        PKIXParameters trusted = new PKIXParameters(Set.of(new TrustAnchor(certificate("ca"), null)));
        trusted.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(node)), trusted);
        assertTrue(KeyFile.fits(KeyFile.read(certs.resolve("n1.key")), node));
        assertEquals(
                Set.of("db1.example.com", "10.0.0.1", "0:0:0:0:0:0:0:1", "quorate://demo/node/n1"),
                node.getSubjectAlternativeNames().stream()
                        .map(name -> String.valueOf(name.get(1)))
                        .collect(Collectors.toSet()));
        assertEquals(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), node.getExtendedKeyUsage());
        assertEquals("EC", node.getPublicKey().getAlgorithm());
    }

    @Test
    void coordinatorsAndClientsGetNamesOfTheirRole() throws Exception {
        assertEquals(0, node("c1", "--coordinator", "--host", "front1"), () -> err);
        assertEquals(
                0, run("create-client", "alice", "--cluster", "demo", "--ca-dir", certs, "--dir", certs), () -> err);

        assertEquals("[quorate://demo/coordinator/c1]", String.valueOf(CertifiedName.allOf(certificate("c1"))));
        assertEquals("[quorate://demo/client/alice]", String.valueOf(CertifiedName.allOf(certificate("alice"))));
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate("alice").getExtendedKeyUsage());
    }

    @Test
    void onlyTheOwnerMayReadWhatIsWritten() throws Exception {
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(certs)));
        for (String file : List.of("ca.crt", "ca.key")) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(certs.resolve(file))));
        }
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        byte[] before = Files.readAllBytes(certs.resolve("ca.key"));

        assertEquals(1, run("create-ca", "--cluster", "demo", "--dir", certs));

        assertTrue(err.contains("ca.crt exists already") && err.contains("--dir"), err);
        assertArrayEquals(before, Files.readAllBytes(certs.resolve("ca.key")));
    }

    @Test
    void theKeyOfTheAuthorityMayBeElsewhere() throws Exception {
        Path target = folder.resolve("new");

        assertEquals(
                0,
                run("create-node", "n1", "--cluster", "demo", "--host", "::1", "--ca-dir", certs, "--dir", target),
                () -> err);

        try (Stream<Path> files = Files.list(target)) {
            assertEquals(
                    List.of("n1.crt", "n1.key"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"db1:7001", "https://db1", "1.2.3", "300.1.1.1", "a b", "-x", "*.*.example"})
    void aHostIsANameOrAnAddress(String host) {
        assertEquals(2, node("n1", "--host=" + host));

        assertTrue(err.contains("neither a DNS name nor an address"), err);
    }

    @Test
    void anAuthorityOutlivesWhatItSigns() {
        assertEquals(2, node("n1", "--host", "db1", "--lifetime", "4000d"));

        assertTrue(err.contains("the authority is valid only until"), err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0d", "10s", "40000d", "year"})
    void aLifetimeHasAUnitAndBounds(String lifetime) {
        assertEquals(2, node("n1", "--host", "db1", "--lifetime", lifetime));

        assertTrue(err.contains("is not a lifetime"), err);
    }

    @Test
    void aMissingAuthorityIsNamedWithWhatMakesOne() {
        assertEquals(2, run("create-client", "alice", "--cluster", "demo", "--ca-dir", folder, "--dir", folder));

        assertTrue(err.contains(folder.resolve("ca.crt").toString()) && err.contains("quorate cert create-ca"), err);
    }

    @Test
    void aNodeIsNoAuthority() throws Exception {
        assertEquals(0, node("n1", "--host", "db1"), () -> err);
        Path wrong = Files.createDirectory(folder.resolve("wrong"));
        Files.copy(certs.resolve("n1.crt"), wrong.resolve("ca.crt"));
        Files.copy(certs.resolve("n1.key"), wrong.resolve("ca.key"));

        assertEquals(2, run("create-client", "alice", "--cluster", "demo", "--ca-dir", wrong, "--dir", wrong));

        assertTrue(err.contains("is no authority"), err);
    }

    @Test
    void anotherKeyThanTheAuthoritysIsRefused() throws Exception {
        assertEquals(0, node("n1", "--host", "db1"), () -> err);
        Path wrong = Files.createDirectory(folder.resolve("wrong"));
        Files.copy(certs.resolve("ca.crt"), wrong.resolve("ca.crt"));
        Files.copy(certs.resolve("n1.key"), wrong.resolve("ca.key"));

        assertEquals(2, run("create-client", "alice", "--cluster", "demo", "--ca-dir", wrong, "--dir", wrong));

        assertTrue(err.contains("is not the key of"), err);
    }

    @Test
    void showNamesTheHolderAndHowLongItIsValid() {
        assertEquals(0, node("n1", "--host", "10.0.0.1", "--lifetime", "30d"), () -> err);

        assertEquals(0, run("show", certs.resolve("n1.crt")), () -> err);

        assertTrue(out.contains("subject      CN=node n1,O=demo"), out);
        assertTrue(out.contains("issuer       CN=Quorate CA,O=demo"), out);
        assertTrue(out.contains("name         IP:10.0.0.1"), out);
        assertTrue(out.contains("name         URI:quorate://demo/node/n1"), out);
        assertTrue(out.contains("valid for another 29 days"), out);
    }

    @Test
    void showRefusesWhatIsNoCertificate() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "no certificate");

        assertEquals(2, run("show", file));

        assertTrue(err.contains(file + ": there is no PEM block in it"), err);
    }
}
