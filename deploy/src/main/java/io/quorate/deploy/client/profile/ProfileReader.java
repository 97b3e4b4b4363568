package io.quorate.deploy.client.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.terminal.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.TypeConversionException;

/**
 * Turns the tree of a file into profiles. The first fault ends it. Paths are relative to the file.
 *
 * <pre>
 * file     := profiles: {name: profile}
 * profile  := endpoints: [host:port], ca, cert, key, tokenFile, timeout
 * </pre>
 */
final class ProfileReader {
    static final String PROFILES = "profiles";

    private final Path file;

    ProfileReader(Path file) {
        this.file = file;
    }

    /** @throws CommandFailure if anything is wrong in it */
    SortedMap<ProfileName, Profile> read(JsonNode root) {
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getKey().equals(PROFILES)) {
                throw wrong("there is no field '" + field.getKey() + "'; allowed: " + PROFILES);
            }
        }
        SortedMap<ProfileName, Profile> profiles = new TreeMap<>();
        JsonNode named = root.path(PROFILES);
        if (!named.isMissingNode() && !named.isNull() && !named.isObject()) {
            throw wrong("'" + PROFILES + "' is not a map of names and profiles");
        }
        named.properties().forEach(each -> profiles.put(name(each.getKey()), profile(each.getKey(), each.getValue())));
        return profiles;
    }

    private ProfileName name(String text) {
        try {
            return new ProfileName(text);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private Profile profile(String name, JsonNode fields) {
        if (!fields.isObject()) {
            throw wrong(name, "it is not a map; allowed: " + ProfileField.all());
        }
        Map<ProfileField, JsonNode> values = new EnumMap<>(ProfileField.class);
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            values.put(
                    ProfileField.parse(field.getKey()).orElseThrow(() -> unknown(name, field.getKey())),
                    field.getValue());
        }
        if (values.containsKey(ProfileField.CERT) != values.containsKey(ProfileField.KEY)) {
            throw wrong(name, "cert and key belong together");
        }
        return new Profile(
                endpoints(name, values),
                new ClientTls(
                        path(name, values, ProfileField.CA),
                        path(name, values, ProfileField.CERT),
                        path(name, values, ProfileField.KEY)),
                path(name, values, ProfileField.TOKEN_FILE),
                text(name, values, ProfileField.TIMEOUT).map(text -> timeout(name, text)));
    }

    private CommandFailure unknown(String name, String field) {
        return wrong(
                name,
                "there is no field '" + field + "'; allowed: " + ProfileField.all()
                        + (field.equals("token") ? ". The token itself is in the file of tokenFile" : ""));
    }

    private List<Endpoint> endpoints(String name, Map<ProfileField, JsonNode> values) {
        JsonNode list = values.get(ProfileField.ENDPOINTS);
        if (list == null || !list.isArray() || list.isEmpty()) {
            throw wrong(name, "endpoints is a list of at least one, such as ['https://db1.example.com:7001']");
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (JsonNode each : list) {
            try {
                endpoints.add(Endpoint.parse(each.asText()));
            } catch (IllegalArgumentException e) {
                throw wrong(name, "endpoints: " + e.getMessage());
            }
        }
        return endpoints;
    }

    private Optional<Path> path(String name, Map<ProfileField, JsonNode> values, ProfileField field) {
        return text(name, values, field)
                .map(text -> file.toAbsolutePath().resolveSibling(text).normalize());
    }

    private DurationOption timeout(String name, String text) {
        try {
            return DurationOption.parse(text);
        } catch (TypeConversionException e) {
            throw wrong(name, "timeout: " + e.getMessage());
        }
    }

    private Optional<String> text(String name, Map<ProfileField, JsonNode> values, ProfileField field) {
        JsonNode value = values.get(field);
        if (value != null && (!value.isTextual() || value.asText().isBlank())) {
            throw wrong(name, field.text() + " is not text");
        }
        return Optional.ofNullable(value).map(JsonNode::asText);
    }

    private CommandFailure wrong(String name, String what) {
        return wrong("profile '" + name + "': " + what);
    }

    private CommandFailure wrong(String what) {
        return CommandFailure.usage(file + ": " + what + ". Nothing was sent or changed");
    }
}
