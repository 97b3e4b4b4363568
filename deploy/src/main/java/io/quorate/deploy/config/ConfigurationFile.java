package io.quorate.deploy.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a file of options, YAML or (by the name's ending) JSON, into a tree that knows nothing of what is allowed. */
final class ConfigurationFile {
    private ConfigurationFile() {}

    static ObjectNode read(Path file) throws ConfigurationException {
        try {
            return tree(file, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw wrong(file, "there is no such file", "give the path of an existing one with --config");
        } catch (JsonProcessingException e) {
            throw wrong(file, place(e) + e.getOriginalMessage(), "mend the syntax there");
        } catch (IOException e) {
            throw wrong(file, "cannot be read: " + e, "check that it is a file and who may read it");
        }
    }

    private static ObjectNode tree(Path file, byte[] bytes) throws IOException, ConfigurationException {
        JsonNode root = mapperFor(file).readTree(bytes);
        if (root instanceof ObjectNode options) {
            return options;
        }
        throw wrong(file, "it holds no options", "allowed: a map such as 'nodeId: n1', see conf/node.yaml");
    }

    private static ObjectMapper mapperFor(Path file) {
        boolean json = file.toString().endsWith(".json");
        return (json ? JsonMapper.builder() : YAMLMapper.builder())
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private static String place(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    private static ConfigurationException wrong(Path file, String what, String allowed) {
        return new ConfigurationException(
                file.toString(), List.of(new ConfigurationProblem("the file", what, allowed)));
    }
}
