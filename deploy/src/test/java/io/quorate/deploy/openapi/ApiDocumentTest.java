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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
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

    private static ApiDocument read() {
        try (InputStream in = ApiDocumentTest.class.getResourceAsStream("/openapi.yaml")) {
            return ApiDocument.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
