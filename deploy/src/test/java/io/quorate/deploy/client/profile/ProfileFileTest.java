package io.quorate.deploy.client.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFileTest {
    @TempDir
    Path folder;

    @Test
    void theFileIsWhereTheVariableOrTheXdgFolderOrTheHomeSays() {
        assertEquals(Path.of("p.yaml"), path(Map.of("QUORATE_PROFILES", "p.yaml", "XDG_CONFIG_HOME", "/x")));
        assertEquals(
                Path.of("/x/quorate/profiles.yaml"),
                path(Map.of("QUORATE_PROFILES", " ", "XDG_CONFIG_HOME", "/x", "HOME", "/home/a")));
        Path ofHome = Path.of("/home/a/.config/quorate/profiles.yaml");
        assertEquals(ofHome, path(Map.of("HOME", "/home/a")));
        assertEquals(ofHome, path(Map.of("HOME", "/home/a", "XDG_CONFIG_HOME", "relative")));
    }

    private static Path path(Map<String, String> environment) {
        return ProfileFile.of(environment).path();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "profiles:\n", "profiles: {}\n"})
    void anEmptyFileHasNoProfiles(String text) throws IOException {
        assertEquals(Map.of(), file(text).profiles());
    }

    @Test
    void aMissingFileHasNoProfilesAndTheErrorSaysSo() {
        ProfileFile missing = new ProfileFile(folder.resolve("none.yaml"));
        assertEquals(Map.of(), missing.profiles());
        String message = assertThrows(CommandFailure.class, () -> missing.named(new ProfileName("a")))
                .getMessage();
        assertTrue(message.contains("There is none, since that file is missing."), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                profile: {}                                       | there is no field 'profile'; allowed: profiles
                profiles: [a]                                     | 'profiles' is not a map of names and profiles
                [a]                                               | it is not a map; allowed: profiles
                profiles: {a: [b]}                                | profile 'a': it is not a map; allowed: endpoints, ca,
                profiles: {-a: {endpoints: [h:1]}}                | '-a' is no name of a profile
                profiles: {a: {ca: x}}                            | profile 'a': endpoints is a list of at least one
                profiles: {a: {endpoints: []}}                    | profile 'a': endpoints is a list of at least one
                profiles: {a: {endpoints: [h]}}                   | profile 'a': endpoints: 'h' is not host:port
                profiles: {a: {endpoints: [h:1], tokn: x}}        | profile 'a': there is no field 'tokn'; allowed: endpoints, ca,
                profiles: {a: {endpoints: [h:1], token: qrt_x}}   | The token itself is in the file of tokenFile
                profiles: {a: {endpoints: [h:1], ca: 7}}          | profile 'a': ca is not text
                profiles: {a: {endpoints: [h:1], cert: x}}        | profile 'a': cert and key belong together
                profiles: {a: {endpoints: [h:1], timeout: soon}}  | profile 'a': timeout: 'soon' is not a duration
                profiles: {a: {endpoints: [h:1]}, a: {}}          | line 1: Duplicate field 'a'
                profiles: {a                                      | line 1:
                """)
    void aWrongFileIsRefusedAndTheMessageSaysWhereAndWhatIsAllowed(String text, String expected) throws IOException {
        ProfileFile file = file(text);
        String message = assertThrows(CommandFailure.class, file::profiles).getMessage();
        assertTrue(message.startsWith(file.path().toString()), message);
        assertTrue(message.contains(expected), message);
        assertTrue(message.endsWith("Nothing was sent or changed"), message);
    }

    @Test
    void aFileThatOthersMayChangeIsRefused() throws IOException {
        ProfileFile file = file("profiles: {a: {endpoints: [h:1]}}");
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(1, file.profiles().size());
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-rw-r--"));
        String message = assertThrows(CommandFailure.class, file::profiles).getMessage();
        assertTrue(message.contains("other users may change it"), message);
        assertTrue(message.contains("chmod go-w " + file.path()), message);
    }

    private ProfileFile file(String text) throws IOException {
        Path path = folder.resolve("profiles.yaml");
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return new ProfileFile(path);
    }
}
