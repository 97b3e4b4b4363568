package io.quorate.deploy.client.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * An option goes before a typed profile, and that goes before all variables. A variable goes before the profile that
 * another one names, and this goes before the local cluster here.
 */
class ConnectionTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void writeProfilesAndALocalCluster() throws IOException {
        environment.put("QUORATE_PROFILES", folder.resolve("conf/profiles.yaml").toString());
        write("conf/profiles.yaml", """
            profiles:
              prod:
                endpoints: [https://db1:7001, https://db2:7001]
                ca: prod/ca.crt
                cert: prod/me.crt
                key: prod/me.key
                tokenFile: prod/me.token
                timeout: 2s
              plain:
                endpoints: [db3:7001]
            """);
        write("conf/prod/me.token", "qrt_prod\n");
        write("conf/prod/me.key", "");
        write(".quorate/layout", "1 22000 22100\n");
        write(".quorate/certs/ca.crt", "");
        write(".quorate/certs/admin.crt", "");
        write(".quorate/certs/admin.key", "");
        write(".quorate/admin.token", "qrt_local\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private Connection connection(Optional<String> profile, String... arguments) {
        ConnectionOptions given = new ConnectionOptions();
        CommandLine line = new CommandLine(new NoCommand());
        line.addMixin("connection", given);
        line.parseArgs(arguments);
        return Connection.of(given, profile, environment, folder);
    }

    @Command
    private static final class NoCommand {}

    @Test
    void withoutAProfileTheLocalClusterHereCounts() {
        Connection local = connection(Optional.empty());
        assertFalse(local.isNamed());
        assertEquals("[127.0.0.1:22001]", local.endpoints().toString());
        assertTrue(local.endpoints().get(0).tls());
        assertEquals(
                folder.resolve(".quorate/certs/admin.crt"),
                local.tls().certificate().orElseThrow());
        assertEquals("qrt_local", local.token().secret().orElseThrow());
        assertEquals(Optional.empty(), local.timeout());
    }

    @Test
    void aProfileGivesEverythingAndItsPathsAreRelativeToItsFile() {
        environment.put("QUORATE_PROFILE", "plain");
        Connection prod = connection(Optional.of("prod"));
        assertTrue(prod.isNamed());
        assertEquals("[db1:7001, db2:7001]", prod.endpoints().toString());
        assertEquals(
                folder.resolve("conf/prod/ca.crt"), prod.tls().authorities().orElseThrow());
        assertEquals(
                folder.resolve("conf/prod/me.crt"), prod.tls().certificate().orElseThrow());
        assertEquals(folder.resolve("conf/prod/me.key"), prod.tls().key().orElseThrow());
        assertEquals("qrt_prod", prod.token().secret().orElseThrow());
        assertEquals(DurationOption.parse("2s"), prod.timeout().orElseThrow());
    }

    @Test
    void aProfileNeverBorrowsFromTheLocalCluster() {
        environment.put("QUORATE_PROFILE", "plain");
        Connection plain = connection(Optional.empty());
        assertEquals("[db3:7001]", plain.endpoints().toString());
        assertFalse(plain.endpoints().get(0).tls());
        assertEquals(Optional.empty(), plain.tls().authorities());
        assertEquals(Optional.empty(), plain.tls().certificate());
        assertEquals(Optional.empty(), plain.token().secret());
    }

    @Test
    void aTypedProfileGoesBeforeAllVariables() {
        environment.put("QUORATE_ENDPOINTS", "staging:1");
        environment.put("QUORATE_CA", "staging.crt");
        environment.put("QUORATE_CERT", "staging.crt");
        environment.put("QUORATE_KEY", "staging.key");
        environment.put("QUORATE_TOKEN", "qrt_staging");
        environment.put("QUORATE_TOKEN_FILE", "staging.token");
        Connection prod = connection(Optional.of("prod"));
        assertEquals("[db1:7001, db2:7001]", prod.endpoints().toString());
        assertEquals(
                folder.resolve("conf/prod/ca.crt"), prod.tls().authorities().orElseThrow());
        assertEquals(
                folder.resolve("conf/prod/me.crt"), prod.tls().certificate().orElseThrow());
        assertEquals(folder.resolve("conf/prod/me.key"), prod.tls().key().orElseThrow());
        assertEquals("qrt_prod", prod.token().secret().orElseThrow());
        Connection plain = connection(Optional.of("plain"));
        assertEquals(Optional.empty(), plain.tls().authorities());
        assertEquals(Optional.empty(), plain.tls().certificate());
        assertEquals(Optional.empty(), plain.token().secret());
    }

    @Test
    void anotherVariableGoesBeforeTheProfileOfTheVariable() throws IOException {
        environment.put("QUORATE_PROFILE", "prod");
        environment.put("QUORATE_CA", "other.crt");
        environment.put("QUORATE_TOKEN", "qrt_variable");
        Connection both = connection(Optional.empty());
        assertEquals("[db1:7001, db2:7001]", both.endpoints().toString());
        assertEquals(Path.of("other.crt"), both.tls().authorities().orElseThrow());
        assertEquals(folder.resolve("conf/prod/me.key"), both.tls().key().orElseThrow());
        assertEquals("qrt_variable", both.token().secret().orElseThrow());
        environment.remove("QUORATE_TOKEN");
        write("other.token", "qrt_other");
        environment.put("QUORATE_TOKEN_FILE", folder.resolve("other.token").toString());
        assertEquals("qrt_other", connection(Optional.empty()).token().secret().orElseThrow());
    }

    @Test
    void theProfileOfTheVariableGivesNothingToAnotherCluster() {
        environment.put("QUORATE_PROFILE", "prod");
        assertHasNothingOfAProfile(connection(Optional.empty(), "-e", "https://staging:1"));
        environment.put("QUORATE_ENDPOINTS", "https://staging:1");
        assertHasNothingOfAProfile(connection(Optional.empty()));
    }

    private static void assertHasNothingOfAProfile(Connection staging) {
        assertEquals("[staging:1]", staging.endpoints().toString());
        assertTrue(staging.isNamed());
        assertEquals(Optional.empty(), staging.token().secret());
        assertEquals(Optional.empty(), staging.tls().authorities());
        assertEquals(Optional.empty(), staging.tls().certificate());
        assertEquals(Optional.empty(), staging.tls().key());
        assertEquals(Optional.empty(), staging.timeout());
    }

    @Test
    void anEndpointOfAnotherClusterBesideATypedProfileIsRefused() throws IOException {
        write("given.token", "qrt_given");
        String token = folder.resolve("given.token").toString();
        for (String[] arguments : new String[][] {
            {"-e", "https://db1:7002"},
            {"-e", "https://db1:7001,https://staging:7001"},
            {"-e", "https://staging:7001", "--token-file", token}
        }) {
            CommandFailure failure =
                    assertThrows(CommandFailure.class, () -> connection(Optional.of("prod"), arguments));
            assertEquals(ExitCode.USAGE, failure.exitCode());
            assertTrue(failure.getMessage().contains("is no endpoint of --profile prod"), failure::getMessage);
            assertTrue(failure.getMessage().endsWith("Nothing was sent"), failure::getMessage);
        }
    }

    @Test
    void someEndpointsOfATypedProfileMayBeNamedAndKeepItsTls() {
        Connection one = connection(Optional.of("prod"), "-e", "DB2:7001");
        assertEquals("[db2:7001]", one.endpoints().toString());
        assertTrue(one.endpoints().get(0).tls());
        assertEquals("qrt_prod", one.token().secret().orElseThrow());
        Connection tls = connection(Optional.of("plain"), "-e", "https://db3:7001");
        assertTrue(tls.endpoints().get(0).tls());
    }

    @Test
    void anOptionGoesBeforeTheVariableAndTheProfile() throws IOException {
        environment.put("QUORATE_ENDPOINTS", "db9:1");
        environment.put("QUORATE_TOKEN", "qrt_variable");
        write("given.token", "qrt_given");
        String token = folder.resolve("given.token").toString();
        for (Connection all : List.of(
                connection(Optional.empty(), "-e", "db2:7001", "--ca", "given.crt", "--token-file", token),
                connection(Optional.of("prod"), "-e", "db2:7001", "--ca", "given.crt", "--token-file", token))) {
            assertEquals("[db2:7001]", all.endpoints().toString());
            assertEquals(Path.of("given.crt"), all.tls().authorities().orElseThrow());
            assertEquals("qrt_given", all.token().secret().orElseThrow());
        }
    }

    @Test
    void aCertificateAndItsKeyComeFromTheSamePlace() {
        Connection mixed = connection(Optional.of("prod"), "--cert", "mine.crt");
        String message = assertThrows(CommandFailure.class, mixed::tls).getMessage();
        assertEquals("--cert and --key belong together; nothing was sent", message);
    }

    @Test
    void aSecretThatAllMayReadIsRefusedBeforeAnythingIsSent() throws IOException {
        Files.setPosixFilePermissions(
                folder.resolve("conf/prod/me.token"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder.resolve("conf/prod/me.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Connection prod = connection(Optional.of("prod"));
        String token = assertThrows(CommandFailure.class, prod::token).getMessage();
        assertTrue(token.contains("every user of this machine may read the token"), token);
        assertTrue(token.contains("chmod o= " + folder.resolve("conf/prod/me.token")), token);
        String key = assertThrows(CommandFailure.class, () -> prod.tls().socketFactory())
                .getMessage();
        assertTrue(key.contains("every user of this machine may read the key"), key);
        Path given = folder.resolve("conf/prod/me.token");
        Connection byOption = connection(Optional.empty(), "-e", "https://db2:7001", "--token-file", given.toString());
        assertEquals(
                token,
                assertThrows(CommandFailure.class, byOption::token).getMessage(),
                "an option has no other rule than a profile");
    }

    @Test
    void aProfileThatDoesNotExistIsRefusedWithThoseThatDo() {
        String message = assertThrows(CommandFailure.class, () -> connection(Optional.of("pord")))
                .getMessage();
        assertTrue(message.startsWith("there is no profile 'pord' in "), message);
        assertTrue(message.contains("There are: plain, prod."), message);
    }
}
