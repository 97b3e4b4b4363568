package io.quorate.deploy.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertificateTrust;
import io.quorate.coordinator.api.access.AccessAudit;
import io.quorate.coordinator.api.access.Grant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessFileTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    @Test
    void aFileNamesPrincipalsTokensAndGrants() throws IOException, AccessFileException {
        AccessList list = read("""
            # who may do what
            principals:
              - name: app
                grants: [read:app/, "write:%s"]
                tokens:
                  - sha256: %s
                    created: 2026-11-29T07:30:00Z
              - name: ops
                grants: [observe, operate]
              - name: idle
            """.formatted("%ff", DIGEST));
        assertEquals(
                List.of(Grant.parse("read:app/"), Grant.parse("write:%FF")),
                list.named(new NodeId("app")).orElseThrow().grants());
        assertEquals(3, list.rules().size());
    }

    @Test
    void jsonHasTheSameFields() throws IOException, AccessFileException {
        Path file = folder.resolve("access.json");
        Files.writeString(file, "{\"principals\": [{\"name\": \"app\", \"grants\": [\"read\"]}]}");
        assertEquals(1, new AccessFile(file).rules().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it is empty",
                "'principals: {}' | line 1: it is not a list",
                "'users: []' | line 1: there is no field 'users'; allowed: [principals]",
                "'principals:\n  - name: a\n    grants: [reed]' | line 3: 'reed' is no role; allowed: read, write,",
                "'principals:\n  - name: a\n    grants:\n      - read\n      - observe:x' | line 5: 'observe' takes no prefix",
                "'principals:\n  - name: a\n    grants: [\"read:\"]' | line 3: the prefix behind 'read:' is empty",
                "'principals:\n  - name: a\n    grants: [\"read:%4\"]' | line 3: '%' at position 0",
                "'principals:\n  - name: a b' | line 2: ",
                "'principals:\n  - grants: []' | line 2: the field 'name' is missing; needed: name",
                "'principals:\n  - name: a\n    password: x' | line 3: there is no field 'password'; allowed: [name, grants, tokens]",
                "'principals:\n  - name: a\n    tokens: [{sha256: abc}]' | line 3: it is not the SHA-256 of a token",
                "'principals:\n  - name: a\n    tokens: [secret]' | line 3: it is not a map; allowed: a map of [sha256, created]",
                "'principals:\n  - name: a\n  - name: a' | line 3: two principals are called 'a'",
                "'principals:\n  - name: a\n    name: b' | line 3: Duplicate field 'name'",
                "'principals: [' | line 1",
                "'principals: []\n---\nprincipals: []' | a second document begins here"
            })
    void aFaultHasAFileAPlaceAndWhatIsAllowed(String text, String fault) {
        AccessFileException refusal = assertThrows(AccessFileException.class, () -> read(text));
        assertTrue(refusal.getMessage().contains(fault), refusal.getMessage());
        assertTrue(refusal.getMessage().startsWith(folder.resolve("access.yaml").toString()), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("; "), refusal.getMessage());
    }

    private AccessList read(String text) throws AccessFileException, IOException {
        Path file = folder.resolve("access.yaml");
        Files.writeString(file, text);
        return new AccessFile(file).list();
    }

    private AccessWatch watch() throws AccessFileException {
        return AccessWatch.start(
                new AccessFile(folder.resolve("access.yaml")),
                new ClusterId("c"),
                AccessAudit.NONE,
                CertificateTrust.nobody(SystemClock.INSTANCE));
    }

    @Test
    void aBadNewFileKeepsTheOldRules() throws IOException, AccessFileException {
        Path file = folder.resolve("access.yaml");
        Files.writeString(file, "principals: [{name: a}]");
        AccessWatch watch = watch();
        Files.writeString(file, "principals: [{nam: a}]");
        watch.look();
        watch.look();
        assertTrue(watch.isRejected());
        Files.delete(file);
        watch.look();
        assertTrue(watch.isRejected());
        Files.writeString(file, "principals: [{name: a}, {name: b}]");
        watch.look();
        assertTrue(watch.isRejected());
        watch.look();
        assertFalse(watch.isRejected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw----", "rw-----w-"})
    void aFileThatOthersMayWriteIsRefused(String mode) throws IOException {
        Path file = folder.resolve("access.yaml");
        Files.writeString(file, "principals: [{name: a}]");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        AccessFileException refusal = assertThrows(AccessFileException.class, this::watch);

        assertTrue(refusal.getMessage().contains("others may write it: its owner is "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(mode), refusal.getMessage());
    }

    @Test
    void aFileThatOthersMayWriteLaterKeepsTheOldRules() throws IOException, AccessFileException {
        Path file = folder.resolve("access.yaml");
        String old = "principals: [{name: a}]";
        Files.writeString(file, old);
        AccessWatch watch = watch();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        Files.writeString(file, "principals: [{name: a, grants: [admin]}]");
        watch.look();
        watch.look();
        assertTrue(watch.isRejected());
        assertTrue(watch.isUsing(old.getBytes(UTF_8)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        watch.look();
        watch.look();
        assertFalse(watch.isRejected());
        assertFalse(watch.isUsing(old.getBytes(UTF_8)));
    }

    /** A program may be writing it, and half of a rule may allow more than the whole. */
    @Test
    void aFileThatIsBeingWrittenIsNotUsed() throws IOException, AccessFileException {
        Path file = folder.resolve("access.yaml");
        String whole = "principals:\n- name: a\n  grants:\n  - read:app/secret\n";
        Files.writeString(file, whole);
        AccessWatch watch = watch();
        Files.writeString(file, whole.replace(":app/secret\n", ""));
        assertTrue(watch.look(), "another look has to confirm it");
        assertTrue(watch.isUsing(whole.getBytes(UTF_8)));
        Files.writeString(file, whole.replace("secret", "public"));
        watch.look();
        assertTrue(watch.isUsing(whole.getBytes(UTF_8)));
        assertFalse(watch.look(), "nothing is left to confirm");
        assertTrue(watch.isUsing(whole.replace("secret", "public").getBytes(UTF_8)));
    }
}
