package io.quorate.deploy.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.coordinator.api.route.Route;
import io.quorate.coordinator.console.OutcomeName;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationObserver.OperationKind;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.round.Phase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The table of routes and {@code openapi.yaml} list the same requests, and the console's names are those of the
 * document.
 */
final class ApiRoutesTest {
    private final Vertx vertx = Vertx.vertx();
    private final ApiDocument document = read();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theTableAndTheDocumentHaveTheSameMethodsPathsAndContents() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        for (ApiOperation operation : document.operations()) {
            Set<String> contents = new TreeSet<>();
            operation.node().path("requestBody").path("content").fieldNames().forEachRemaining(contents::add);
            documented.put(operation.method() + " " + operation.template(), contents);
        }
        assertEquals(documented, routes());
    }

    /** The media types that each method of each path takes. */
    private Map<String, Set<String>> routes() throws IOException {
        Map<String, Set<String>> routes = new TreeMap<>();
        for (Route route :
                WholeApi.create(vertx.getOrCreateContext()).http().table().routes()) {
            Set<String> contents =
                    route.content().mediaType().map(Set::of).map(TreeSet::new).orElseGet(TreeSet::new);
            route.methods().forEach(method -> routes.put(method + " " + route.path(), contents));
        }
        return routes;
    }

    @Test
    void theNamesOfAnEndedRequestAreThoseOfTheDocument() {
        assertEquals(names(OutcomeName.values(), OutcomeName::label), documented("outcome"));
        assertEquals(names(RefusalReason.values(), ApiRoutesTest::words), documented("reason"));
        assertEquals(names(OperationKind.values(), ApiRoutesTest::words), documented("kind"));
        assertEquals(names(ConsistencyLevel.values(), ConsistencyLevel::label), documented("level"));
    }

    /** The console falls back to another text for a name that it lacks, and nothing else would notice. */
    @Test
    void theConsoleHasWordsForEveryPhaseAndOutcome() {
        Set<String> phases = names(Phase.values(), Phase::label);
        assertNamesAre(phases, "sentences.js", "ROUND_TITLES");
        assertNamesAre(phases, "stage.js", "OUT");
        assertNamesAre(names(OutcomeName.values(), OutcomeName::label), "outcomes.js", "BADGES");
        assertNamesAre(names(OutcomeName.values(), OutcomeName::label), "outcomes.js", "OUTCOMES");
    }

    private static void assertNamesAre(Set<String> expected, String file, String table) {
        String script = resource("/console/js/theatre/" + file);
        int start = script.indexOf("const " + table + " = {");
        assertTrue(start >= 0, file + " has no " + table);
        String entries = script.substring(start, script.indexOf("\n};", start));
        Set<String> keys = new TreeSet<>();
        Matcher key = Pattern.compile("\n  '?([a-z_ ]+)'?: ").matcher(entries);
        while (key.find()) {
            keys.add(key.group(1));
        }
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(keys);
        assertEquals(Set.of(), missing, table + " of " + file);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static <T> Set<String> names(T[] constants, Function<T, String> name) {
        return Arrays.stream(constants).map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> documented(String field) {
        JsonNode names = document.root().at("/components/schemas/EndedRequest/properties/" + field + "/enum");
        Set<String> texts = new TreeSet<>();
        names.forEach(name -> texts.add(name.asText()));
        return texts;
    }

    private static String resource(String name) {
        try (InputStream in = ApiRoutesTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ApiDocument read() {
        try (InputStream in = ApiRoutesTest.class.getResourceAsStream("/openapi.yaml")) {
            return ApiDocument.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
