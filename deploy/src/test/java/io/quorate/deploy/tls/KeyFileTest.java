package io.quorate.deploy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    @TempDir
    Path folder;

    private Path file(String label, byte[] der) throws Exception {
        String text = Base64.getMimeEncoder().encodeToString(der);
        return Files.writeString(
                folder.resolve("key"), "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void keysOfBothKindsAreRead(String algorithm) throws Exception {
        byte[] der = KeyPairGenerator.getInstance(algorithm)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();

        assertEquals(algorithm, KeyFile.read(file("PRIVATE KEY", der)).getAlgorithm());
    }

    @ParameterizedTest
    @CsvSource({
        "EC PRIVATE KEY, openssl pkcs8 -topk8",
        "RSA PRIVATE KEY, openssl pkcs8 -topk8",
        "ENCRYPTED PRIVATE KEY, openssl pkcs8 -in",
        "CERTIFICATE, expected: one block",
        "PRIVATE KEY, neither EC nor RSA"
    })
    void anotherFormIsRefusedWithAdvice(String label, String advice) throws Exception {
        Path file = file(label, new byte[] {1, 2, 3});

        TlsFileException refused = assertThrows(TlsFileException.class, () -> KeyFile.read(file));

        assertTrue(refused.getMessage().startsWith(file + ": "), refused::getMessage);
        assertTrue(refused.getMessage().contains(advice), refused::getMessage);
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none");

        TlsFileException refused = assertThrows(TlsFileException.class, () -> KeyFile.read(file));

        assertTrue(refused.getMessage().contains(file + ": there is no such file"), refused::getMessage);
    }
}
