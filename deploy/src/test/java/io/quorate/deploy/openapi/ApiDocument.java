package io.quorate.deploy.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An OpenAPI document. A test treats its objects as closed, though clients must not. So a field that the document does
 * not name is an error. Otherwise it would never get documented.
 */
public final class ApiDocument {
    private static final Set<String> METHODS = Set.of("get", "head", "put", "patch", "post", "delete");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private final JsonNode root;
    private final List<ApiOperation> operations = new ArrayList<>();

    private ApiDocument(JsonNode root) {
        this.root = root;
        close(root);
        root.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(field -> METHODS.contains(field.getKey()))
                .forEach(field -> operations.add(new ApiOperation(
                        this,
                        HttpMethod.valueOf(field.getKey().toUpperCase(Locale.ROOT)),
                        path.getKey(),
                        field.getValue()))));
    }

    public static ApiDocument servedBy(KvClient client, LocalNode node) {
        return parse(client.send(client.request(HttpMethod.GET, node.httpPort(), "/openapi.yaml"))
                .body()
                .getBytes());
    }

    static ApiDocument parse(byte[] yaml) {
        try {
            return new ApiDocument(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode schema
                && schema.path("type").asText().equals("object")
                && schema.has("properties")
                && !schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
        node.forEach(ApiDocument::close);
    }

    JsonNode root() {
        return root;
    }

    List<ApiOperation> operations() {
        return operations;
    }

    /** Headers that it describes once for all answers. */
    JsonNode headersOfEveryAnswer() {
        return root.path("x-on-every-answer").path("headers");
    }

    /** The operation that a request is for. */
    public ApiOperation operation(HttpMethod method, String uri) {
        String path = uri.replaceFirst("\\?.*", "");
        List<ApiOperation> found = operations.stream()
                .filter(operation -> operation.method().equals(method) && operation.isAt(path))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("the document has " + found.size() + " operations for " + method + " " + path);
        }
        return found.get(0);
    }

    /** What a {@code $ref} stands for, or the node itself. */
    JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        if (reference.isMissingNode()) {
            return node;
        }
        JsonNode target = root.at(reference.textValue().substring(1));
        if (target.isMissingNode()) {
            throw new AssertionError("nothing is at " + reference);
        }
        return target;
    }

    /** What is wrong with an instance of a schema of this document. */
    List<String> complaints(JsonNode schema, JsonNode instance) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", root.path("components"));
        return SCHEMAS.getSchema(whole).validate(instance).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toList());
    }
}
