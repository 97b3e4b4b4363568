package io.quorate.deploy.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.option.ConnectionOptions;
import io.quorate.deploy.client.profile.ProfileField;
import io.quorate.deploy.client.profile.ProfileFile;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "set",
        description = "Makes a profile, or changes what the options say of one that is there.",
        footer = {
            "",
            "It writes the full names of the files, and does not read them. A new profile needs --endpoint.",
            "",
            "Examples:",
            "  quorate profile set prod -e https://db1.example.com:7001,https://db2.example.com:7001 --ca ca.crt",
            "  quorate profile set prod --token-file prod.token --timeout 2s"
        })
final class SetProfileCommand implements Callable<Integer> {
    @Mixin
    private ProfileHelp help;

    @Mixin
    private NamedProfile named;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationOption.Converter.class,
            description = "how long the nodes may take for a command without --timeout, such as 500ms or 2s")
    private DurationOption timeout;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<ProfileField, JsonNode> fields = fields();
        if (fields.isEmpty()) {
            throw CommandFailure.usage("give at least one option to set, such as --endpoint. Nothing was changed");
        }
        ProfileFile file = named.file();
        file.set(named.name(), fields);
        spec.commandLine().getOut().println("profile " + named.name() + " is in " + file.path());
        return ExitCode.SUCCESS;
    }

    private Map<ProfileField, JsonNode> fields() {
        Map<ProfileField, JsonNode> fields = new EnumMap<>(ProfileField.class);
        if (!connection.endpoints().isEmpty()) {
            fields.put(ProfileField.ENDPOINTS, list(connection.endpoints()));
        }
        putPath(fields, ProfileField.CA, connection.authorities());
        putPath(fields, ProfileField.CERT, connection.certificate());
        putPath(fields, ProfileField.KEY, connection.key());
        putPath(fields, ProfileField.TOKEN_FILE, connection.tokenFile());
        if (timeout != null) {
            fields.put(ProfileField.TIMEOUT, TextNode.valueOf(timeout.text()));
        }
        return fields;
    }

    private static ArrayNode list(List<Endpoint> endpoints) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        endpoints.forEach(endpoint -> list.add(endpoint.text()));
        return list;
    }

    private static void putPath(Map<ProfileField, JsonNode> fields, ProfileField field, Optional<Path> path) {
        path.ifPresent(file -> fields.put(
                field, TextNode.valueOf(file.toAbsolutePath().normalize().toString())));
    }
}
