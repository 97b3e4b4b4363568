package io.quorate.deploy.advisory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.advisory.Advisory.Affected;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Asks OSV for all advisories of libraries, whatever the version: https://google.github.io/osv.dev/post-v1-query/. Its
 * answers have the form of https://ossf.github.io/osv-schema/.
 */
final class Osv {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ECOSYSTEM = "Maven";
    private static final int OK = 200;

    private final URI query;
    private final JsonMapper json = new JsonMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    Osv(URI address) {
        this.query = address.resolve("/v1/query");
    }

    /** @throws IOException if one of them got no answer. Then nothing is known */
    List<Advisory> advisoriesOf(List<Library> libraries) throws IOException, InterruptedException {
        Map<String, Advisory> found = new TreeMap<>();
        for (Library library : libraries) {
            ask(library.name()).forEach(advisory -> found.put(advisory.id(), advisory));
        }
        return List.copyOf(found.values());
    }

    private List<Advisory> ask(String library) throws IOException, InterruptedException {
        List<Advisory> found = new ArrayList<>();
        String page = "";
        do {
            JsonNode answer = ask(library, page);
            elements(answer.path("vulns"))
                    .filter(vulnerability -> !vulnerability.has("withdrawn"))
                    .map(Osv::advisory)
                    .forEach(found::add);
            page = answer.path("next_page_token").asText();
        } while (!page.isEmpty());
        return found;
    }

    private JsonNode ask(String library, String page) throws IOException, InterruptedException {
        ObjectNode question = json.createObjectNode();
        question.putObject("package").put("ecosystem", ECOSYSTEM).put("name", library);
        if (!page.isEmpty()) {
            question.put("page_token", page);
        }
        HttpRequest request = HttpRequest.newBuilder(query)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question.toString()))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        JsonNode answer = response.statusCode() == OK ? json.readTree(response.body()) : json.nullNode();
        if (!answer.isObject()) {
            throw new IOException(query + " has status " + response.statusCode() + " and no answer about " + library);
        }
        return answer;
    }

    private static Advisory advisory(JsonNode vulnerability) {
        String id = vulnerability.path("id").asText();
        return new Advisory(
                id,
                elements(vulnerability.path("aliases")).map(JsonNode::asText).toList(),
                vulnerability.path("summary").asText(),
                elements(vulnerability.path("affected")).flatMap(Osv::affected).toList(),
                "https://osv.dev/vulnerability/" + id);
    }

    private static Stream<Affected> affected(JsonNode affected) {
        JsonNode library = affected.path("package");
        List<VersionRange> ranges = new ArrayList<>();
        elements(affected.path("ranges"))
                .filter(range -> !range.path("type").asText().equals("GIT"))
                .forEach(range -> addRanges(range.path("events"), ranges));
        if (ranges.isEmpty()) {
            elements(affected.path("versions"))
                    .map(JsonNode::asText)
                    .forEach(version -> ranges.add(new VersionRange(version, null, version)));
        }
        return library.path("ecosystem").asText().equals(ECOSYSTEM)
                ? Stream.of(new Affected(library.path("name").asText(), ranges))
                : Stream.empty();
    }

    /** Events are in the order of the versions. Each "introduced" begins a range, which the next event ends. */
    private static void addRanges(JsonNode events, List<VersionRange> ranges) {
        String introduced = null;
        for (JsonNode event : events) {
            if (event.has("introduced")) {
                if (introduced != null) {
                    ranges.add(new VersionRange(introduced, null, null));
                }
                introduced = event.path("introduced").asText();
            } else if (introduced != null) {
                ranges.add(new VersionRange(introduced, text(event, "fixed"), text(event, "last_affected")));
                introduced = null;
            }
        }
        if (introduced != null) {
            ranges.add(new VersionRange(introduced, null, null));
        }
    }

    private static String text(JsonNode event, String name) {
        return event.has(name) ? event.path(name).asText() : null;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
