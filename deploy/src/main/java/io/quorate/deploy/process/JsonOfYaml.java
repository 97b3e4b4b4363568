package io.quorate.deploy.process;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a document in YAML as JSON. */
final class JsonOfYaml {
    private JsonOfYaml() {}

    /** @param yaml one of our own documents, which is right */
    static byte[] write(byte[] yaml) {
        try {
            return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException("the document is not YAML", e);
        }
    }
}
