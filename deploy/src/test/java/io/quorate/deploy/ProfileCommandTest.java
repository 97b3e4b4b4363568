package io.quorate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quorate profile}, and the file that it writes. */
class ProfileCommandTest {
    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    private int run(String... arguments) {
        StringWriter standard = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Quorate.commandLine()
                .setOut(new PrintWriter(standard, true))
                .setErr(new PrintWriter(errors, true))
                .execute(Stream.of(Stream.of("profile"), Stream.of(arguments), Stream.of("--file", file().toString()))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
        out = standard.toString();
        err = errors.toString();
        return code;
    }

    private Path file() {
        return folder.resolve("config/profiles.yaml");
    }

    @Test
    void aProfileIsMadeShownListedChangedAndDeleted() throws IOException {
        assertEquals(
                0,
                run("set", "prod", "-e", "https://db1:7001,[::1]:7002", "--ca", "ca.crt", "--timeout", "2s"),
                () -> err);
        assertEquals("profile prod is in " + file() + "\n", out);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));

        assertEquals(0, run("set", "prod", "--token-file", "prod.token"), () -> err);
        assertEquals(0, run("set", "lab", "-e", "db3:7001"), () -> err);

        Path here = Path.of("").toAbsolutePath();
        assertEquals(0, run("show", "prod"), () -> err);
        assertEquals(
                "endpoints  https://db1:7001 [::1]:7002\nca         " + here.resolve("ca.crt") + "\ntokenFile  "
                        + here.resolve("prod.token") + "\ntimeout    2s\n",
                out);
        assertEquals(0, run("list"), () -> err);
        assertEquals("""
                PROFILE  ENDPOINTS            TLS  WHO
                lab      db3:7001             no   -
                prod     db1:7001,[::1]:7002  yes  token
                """, out);
        assertEquals("in " + file() + "\n", err);

        assertEquals(0, run("delete", "prod"), () -> err);
        assertEquals(2, run("show", "prod"));
        assertTrue(err.contains("There are: lab."), err);
        assertEquals(2, run("delete", "prod"));
    }

    @Test
    void whatOthersWroteByHandStaysAsItWas() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "profiles: {lab: {endpoints: ['db3:7001'], ca: lab/ca.crt}}");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(0, run("set", "prod", "-e", "db1:7001"), () -> err);
        assertTrue(Files.readString(file()).contains("ca: \"lab/ca.crt\""), Files.readString(file()));
        assertEquals(0, run("show", "lab"), () -> err);
        assertTrue(out.contains(file().resolveSibling("lab/ca.crt").toString()), out);
    }

    @Test
    void aWrongCommandChangesNothing() throws IOException {
        assertEquals(2, run("set", "prod"));
        assertTrue(err.contains("give at least one option to set"), err);
        assertEquals(2, run("set", "prod", "--ca", "ca.crt"));
        assertTrue(err.contains("profile 'prod': endpoints is a list of at least one"), err);
        assertEquals(2, run("set", "prod", "-e", "db1:7001", "--cert", "me.crt"));
        assertEquals(2, run("set", "a b", "-e", "db1:7001"));
        assertEquals(2, run("set", "prod", "-e", "db1:7001", "--token", "qrt_secret"));
        assertFalse(Files.exists(file()));
        run("set", "prod", "-e", "db1:7001");
        String before = Files.readString(file());
        assertEquals(2, run("set", "prod", "--timeout", "soon"));
        assertEquals(before, Files.readString(file()));
    }
}
