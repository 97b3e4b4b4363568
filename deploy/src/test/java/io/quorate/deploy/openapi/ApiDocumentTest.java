package io.quorate.deploy.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The form of the document, as a linter would check it. {@code OpenApiIT} checks that the document is true. */
final class ApiDocumentTest {
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private final ApiDocument document = read();
    private final JsonNode root = document.root();

    @Test
    void itIsOpenApi31() {
        assertEquals("3.1.0", root.path("openapi").asText());
        assertFalse(document.operations().isEmpty());
    }

    @Test
    void everyReferenceHasATargetAndEveryComponentAReference() {
        Set<String> referred = new TreeSet<>();
        root.findValuesAsText("$ref").forEach(reference -> {
            assertFalse(root.at(reference.substring(1)).isMissingNode(), reference);
            referred.add(reference);
        });
        Set<String> components = new TreeSet<>();
        // Operations name a security scheme without a reference.
        root.path("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> components.add("#/components/" + kind.getKey() + "/" + name)));
        components.removeAll(referred);
        assertEquals(Collections.emptySet(), components);
    }

    @Test
    void everyOperationHasAnIdOfItsOwnAndASummaryAndATagThatIsDescribed() {
        Set<String> ids = new HashSet<>();
        List<String> tags = root.path("tags").findValuesAsText("name");
        for (ApiOperation operation : document.operations()) {
            assertTrue(ids.add(operation.id()), operation::id);
            assertTrue(operation.node().hasNonNull("summary"), operation::id);
            operation.node().path("tags").forEach(tag -> assertTrue(tags.contains(tag.asText()), tag::asText));
            assertTrue(operation.node().path("responses").has("default"), operation::id);
        }
    }

    @Test
    void everyNameInAPathIsAParameter() {
        for (ApiOperation operation : document.operations()) {
            Set<String> declared = new TreeSet<>();
            root.path("paths").path(operation.template()).path("parameters").forEach(item -> {
                JsonNode parameter = document.resolved(item);
                if (parameter.path("in").asText().equals("path")) {
                    declared.add("{" + parameter.path("name").asText() + "}");
                }
            });
            assertEquals(
                    operation.template().replaceAll("[^{]*(\\{[^}]*})?", "$1"),
                    String.join("", declared),
                    operation::id);
        }
    }

    @Test
    void everySchemaIsOne() {
        var draft = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SchemaLocation.of(DRAFT));
        root.path("components")
                .path("schemas")
                .properties()
                .forEach(schema ->
                        assertEquals(Collections.emptySet(), draft.validate(schema.getValue()), schema::getKey));
    }

    /**
     * A generator makes no type of an enum or a constant without one, and none that compiles if it is boolean.
     * Conditions within a schema make no type.
     */
    @Test
    void everyEnumAndConstantHasATypeForWhichAGeneratorHasOne() {
        assertEquals(List.of(), unusable(root, ""));
    }

    private static List<String> unusable(JsonNode node, String place) {
        List<String> found = new ArrayList<>();
        boolean isCondition = place.contains("/anyOf/");
        boolean isEnum = node.has("enum") || node.path("const").isValueNode();
        boolean isUsable = node.has("type") && !node.path("type").asText().equals("boolean");
        if (isEnum && !isUsable && !isCondition) {
            found.add(place);
        }
        node.properties().forEach(field -> found.addAll(unusable(field.getValue(), place + "/" + field.getKey())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found.addAll(unusable(node.get(i), place + "/" + i));
        }
        return found;
    }

    /** A field of this name hides the package java in the classes that a generator makes for Java. */
    @Test
    void noPropertyIsNamedJava() {
        List<String> named = root.path("components").path("schemas").properties().stream()
                .filter(schema -> schema.getValue().path("properties").has("java"))
                .map(Map.Entry::getKey)
                .toList();
        assertEquals(List.of(), named);
    }

    /** A generator takes the first type of an answer with a body for the type of all answers of an operation. */
    @Test
    void noOperationSucceedsBothWithAndWithoutABody() {
        for (ApiOperation operation : document.operations()) {
            Set<Boolean> haveBodies = new HashSet<>();
            operation.statuses().stream()
                    .filter(status -> status.startsWith("2"))
                    .map(status ->
                            document.resolved(operation.node().path("responses").path(status)))
                    .forEach(response -> haveBodies.add(response.has("content")));
            assertEquals(1, haveBodies.size(), operation::id);
        }
    }

    private static ApiDocument read() {
        try (InputStream in = ApiDocumentTest.class.getResourceAsStream("/openapi.yaml")) {
            return ApiDocument.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
