package io.quorate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.api.access.TokenDigest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quorate access}, and the file that it writes. */
class AccessCommandTest {
    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    private int run(Object... arguments) {
        StringWriter standard = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Quorate.commandLine()
                .setOut(new PrintWriter(standard))
                .setErr(new PrintWriter(errors))
                .execute(Stream.concat(
                                Stream.of("access"),
                                Stream.concat(Stream.of(arguments).map(Object::toString), Stream.of("--file", file())))
                        .map(Object::toString)
                        .toArray(String[]::new));
        out = standard.toString();
        err = errors.toString();
        return code;
    }

    private Path file() {
        return folder.resolve("access.yaml");
    }

    @Test
    void aTokenIsShownOnceAndTheFileHasItsDigest() throws IOException {
        assertEquals(0, run("add-token", "app", "--grant", "read:app/", "--grant", "write:%ff"), () -> err);
        String token = out.strip();

        assertTrue(token.matches("qrt_[A-Za-z0-9_-]{43}"), token);
        String written = Files.readString(file());
        assertFalse(written.contains(token), written);
        assertFalse(err.contains(token.toString()), err);
        assertTrue(written.contains(TokenDigest.of(token).toString()), written);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertEquals(0, run("list"));
        assertTrue(out.contains("read:app/ write:%FF"), out);
        assertTrue(out.contains(TokenDigest.of(token).id()), out);
    }

    @Test
    void aTokenMayGoToAFileOfItsOwner() throws IOException {
        Path token = folder.resolve("app.token");
        assertEquals(0, run("add-token", "app", "--grant", "observe", "--out", token), () -> err);
        assertEquals("", out);
        assertTrue(Files.readString(token).startsWith("qrt_"));
        assertTrue(err.contains(token.toString()) && !err.contains("shown"), err);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(token)));
        String before = Files.readString(file());
        assertEquals(1, run("add-token", "app", "--out", token));
        assertEquals(before, Files.readString(file()));
    }

    @Test
    void tokensGrantsAndPrincipalsCanBeRevoked() {
        run("add-token", "app", "--grant", "read", "--grant", "write:app/");
        String first = TokenDigest.of(out.strip()).id();
        run("add-token", "app");
        String second = TokenDigest.of(out.strip()).id();

        assertEquals(0, run("revoke", "app", "--token", first), () -> err);
        assertFalse(out.contains(first), out);
        assertTrue(out.contains(second), out);
        assertEquals(1, run("revoke", "app", "--token", first));
        assertEquals(0, run("revoke", "app", "--grant", "write:app/"), () -> err);
        assertEquals(1, run("revoke", "app", "--grant", "write:app/"));
        assertEquals(0, run("grant", "app", "--grant", "operate"), () -> err);
        assertEquals("app has read operate\n", out);
        assertEquals(0, run("revoke", "app"), () -> err);
        assertEquals(1, run("revoke", "app"));
        run("list");
        assertFalse(out.contains("app"), out);
    }

    @Test
    void aWrongCommandOrFileChangesNothing() throws IOException {
        assertEquals(2, run("add-token", "app"));
        assertTrue(err.contains("give at least one with --grant"), err);
        assertEquals(2, run("add-token", "app", "--grant", "reed"));
        assertTrue(err.contains("'reed' is no role; allowed: read, write, observe, operate, admin"), err);
        assertEquals(2, run("add-token", "a b", "--grant", "read"));
        assertFalse(Files.exists(file()));
        Files.writeString(file(), "principals: [{nam: app}]");
        assertEquals(2, run("grant", "app", "--grant", "read"));
        assertTrue(err.contains("line 1: there is no field 'nam'"), err);
        assertEquals("principals: [{nam: app}]", Files.readString(file()));
    }
}
