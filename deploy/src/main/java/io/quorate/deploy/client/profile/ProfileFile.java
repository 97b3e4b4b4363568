package io.quorate.deploy.client.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The file with the profiles of a user, YAML. All failures are {@link CommandFailure}s.
 *
 * @param path of a file that may be missing. It has no profiles then
 */
public record ProfileFile(Path path) {
    private static final String VARIABLE = "QUORATE_PROFILES";

    private static final String HEAD = """
        # How 'quorate' reaches clusters. 'quorate profile set' changes it, and loses comments. It holds no secret.
        """;

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    /** The file that the variables name. The folder follows the XDG base directory specification. */
    public static ProfileFile of(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return new ProfileFile(Path.of(named));
        }
        Path configuration = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
        // The specification says that a relative path has no effect.
        Path folder = configuration.isAbsolute()
                ? configuration
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config");
        return new ProfileFile(folder.resolve("quorate").resolve("profiles.yaml"));
    }

    /** Sorted by their names. */
    public SortedMap<ProfileName, Profile> profiles() {
        return new ProfileReader(path).read(tree());
    }

    public Profile named(ProfileName name) {
        SortedMap<ProfileName, Profile> profiles = profiles();
        return Optional.ofNullable(profiles.get(name)).orElseThrow(() -> unknown(name, profiles));
    }

    private CommandFailure unknown(ProfileName name, SortedMap<ProfileName, Profile> profiles) {
        String known = profiles.isEmpty()
                ? "There is none" + (Files.exists(path) ? "" : ", since that file is missing")
                : "There are: "
                        + profiles.keySet().stream().map(ProfileName::text).collect(Collectors.joining(", "));
        return CommandFailure.usage("there is no profile '" + name + "' in " + path + ". " + known
                + ". 'quorate profile set' makes one. Nothing was sent or changed");
    }

    /** Changes these fields of a profile, and makes it if there is none. Other fields stay. */
    public void set(ProfileName name, Map<ProfileField, JsonNode> fields) {
        ObjectNode root = tree();
        new ProfileReader(path).read(root);
        ObjectNode profile = root.withObjectProperty(ProfileReader.PROFILES).withObjectProperty(name.text());
        fields.forEach((field, value) -> profile.set(field.text(), value));
        write(root);
    }

    public void delete(ProfileName name) {
        named(name);
        ObjectNode root = tree();
        root.withObjectProperty(ProfileReader.PROFILES).remove(name.text());
        write(root);
    }

    private ObjectNode tree() {
        FileOwnership.requireUnchangedByOthers(path);
        try {
            JsonNode root = MAPPER.readTree(Files.readAllBytes(path));
            if (root instanceof ObjectNode fields) {
                return fields;
            }
            if (root.isMissingNode() || root.isNull()) {
                return MAPPER.createObjectNode();
            }
            throw CommandFailure.usage(path + ": it is not a map; allowed: profiles. Nothing was sent or changed");
        } catch (NoSuchFileException e) {
            return MAPPER.createObjectNode();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String what = e.getOriginalMessage().lines().findFirst().orElse("the syntax is wrong");
            throw CommandFailure.usage(path + ", line " + line + ": " + what + ". Nothing was sent or changed");
        } catch (IOException e) {
            throw CommandFailure.usage(
                    "cannot read the profiles in " + path + ": " + e + ". Nothing was sent or changed");
        }
    }

    /** Writes only what {@link ProfileReader} takes. */
    private void write(ObjectNode root) {
        new ProfileReader(path).read(root);
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            PrivateFile.replace(path, HEAD + MAPPER.writeValueAsString(root));
        } catch (IOException e) {
            throw CommandFailure.refused("cannot write " + path + ": " + e + ". Nothing was changed");
        }
    }
}
