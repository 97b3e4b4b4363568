package io.quorate.deploy.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** A list given in one line, as a variable of the environment must. */
final class YamlText {
    private static final YAMLMapper MAPPER = new YAMLMapper();

    private YamlText() {}

    /**
     * The tree that {@code text} spells, or {@code text} itself if it spells none. A later check then refuses it as
     * text.
     */
    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
