package io.quorate.deploy.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A method of a path of the document, and what it lets a node answer. */
public record ApiOperation(ApiDocument document, HttpMethod method, String template, JsonNode node) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EXPLAINED = "application/vnd.quorate.explained+json";
    private static final Pattern EVENT = Pattern.compile("event: (?<name>.*)\ndata: (?<data>.*)\n\n");

    /** Headers of the connection and of the body, which HTTP itself describes. */
    private static final Set<String> OF_HTTP =
            Set.of("content-type", "content-encoding", "content-length", "transfer-encoding", "connection");

    String id() {
        return node.path("operationId").textValue();
    }

    boolean isAt(String path) {
        return path.matches(
                template.replace(".", "\\.").replace("{id}", "[^/]+").replaceAll("\\{[a-z-]+}", ".+"));
    }

    /** The statuses that it names. */
    Set<String> statuses() {
        Set<String> statuses = new TreeSet<>();
        node.path("responses").fieldNames().forEachRemaining(statuses::add);
        statuses.remove("default");
        return statuses;
    }

    /** Parameters as {@code query name} or {@code header name}. */
    Set<String> parameters() {
        Set<String> names = new TreeSet<>();
        JsonNode ofPath = document.root().path("paths").path(template).path("parameters");
        Stream.of(ofPath, node.path("parameters"))
                .forEach(list -> list.forEach(item -> {
                    JsonNode parameter = document.resolved(item);
                    if (!parameter.path("in").asText().equals("path")) {
                        names.add(parameter.path("in").asText() + " "
                                + parameter.path("name").asText());
                    }
                }));
        return names;
    }

    /** Fails unless the document lets a node answer a request with this query so. */
    public void check(String query, HttpResponse<Buffer> answer) {
        check(query, new Answer(answer.statusCode(), answer.headers(), answer.bodyAsString()));
    }

    /** @param body null if there is none */
    record Answer(int status, MultiMap headers, String body) {}

    void check(String query, Answer answer) {
        JsonNode response = document.resolved(node.path("responses").path(Integer.toString(answer.status())));
        List<String> complaints = new ArrayList<>();
        if (response.isMissingNode()) {
            complaints.add("the status is none of " + statuses());
        } else {
            checkHeaders(headersOf(response), answer, complaints);
            checkBody(response, query, answer, complaints);
        }
        if (!complaints.isEmpty()) {
            throw new AssertionError(id() + "?" + query + " was answered by " + answer.status()
                    + ", and not as /openapi.yaml says: " + String.join("; ", complaints) + "\n" + answer.headers()
                    + "\n"
                    + answer.body());
        }
    }

    /** Its own, and those of every answer, by name in lower case. */
    private Map<String, JsonNode> headersOf(JsonNode response) {
        Map<String, JsonNode> headers = new TreeMap<>();
        Stream.of(document.headersOfEveryAnswer(), response.path("headers"))
                .flatMap(some -> some.properties().stream())
                .forEach(header ->
                        headers.put(header.getKey().toLowerCase(Locale.ROOT), document.resolved(header.getValue())));
        return headers;
    }

    private void checkHeaders(Map<String, JsonNode> documented, Answer answer, List<String> complaints) {
        Set<String> known = new TreeSet<>(OF_HTTP);
        documented.forEach((name, header) -> {
            known.add(name);
            String value = answer.headers().get(name);
            if (value != null) {
                document.complaints(header.path("schema"), TextNode.valueOf(value))
                        .forEach(complaint -> complaints.add(name + " " + value + " " + complaint));
            } else if (header.path("required").asBoolean()) {
                complaints.add("the header " + name + " is missing");
            }
        });
        answer.headers().names().stream()
                .filter(name -> !known.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> complaints.add("the header " + name + " is not documented"));
    }

    private void checkBody(JsonNode response, String query, Answer answer, List<String> complaints) {
        JsonNode content = response.path("content");
        boolean isEmpty = answer.body() == null || answer.body().isEmpty();
        String type = String.valueOf(answer.headers().get("Content-Type")).replaceFirst(";.*", "");
        if (query.contains("explain=1") && response.has("x-explained") && !method.equals(HttpMethod.HEAD)) {
            checkExplained(response.path("x-explained"), type, answer, complaints);
            return;
        }
        if (method.equals(HttpMethod.HEAD) || content.isMissingNode()) {
            if (!isEmpty) {
                complaints.add("there is a body");
            }
            return;
        }
        if (isEmpty) {
            if (!content.has("*/*")) {
                complaints.add("there is no body");
            }
            return;
        }
        JsonNode media = content.path(type);
        if (media.isMissingNode()) {
            media = content.path("*/*");
        }
        if (media.isMissingNode()) {
            complaints.add("the content type " + type + " is not documented");
        } else if (type.endsWith("json") && !media.at("/schema/format").asText().equals("binary")) {
            checkJson(media, answer.body(), complaints);
        } else if (media.has("x-events")) {
            checkEvents(media.path("x-events"), answer.body(), complaints);
        }
        if (type.equals("application/problem+json")) {
            checkName(answer, complaints);
        }
    }

    private void checkExplained(JsonNode documented, String type, Answer answer, List<String> complaints) {
        if (type.equals(EXPLAINED)) {
            checkJson(documented, answer.body(), complaints);
        } else {
            complaints.add("an explained answer has the type " + type);
        }
    }

    private static void checkName(Answer answer, List<String> complaints) {
        String name = answer.headers().get("Quorate-Request-Id");
        if (!new JsonObject(answer.body()).getString("requestId").equals(name)) {
            complaints.add("the problem is not that of the request " + name);
        }
    }

    private void checkJson(JsonNode media, String body, List<String> complaints) {
        Stream<String> parts = media.has("x-each-line") ? body.lines() : Stream.of(body);
        parts.forEach(part -> checkJsonText(media.path("schema"), part, complaints));
    }

    private void checkJsonText(JsonNode schema, String text, List<String> complaints) {
        try {
            complaints.addAll(document.complaints(schema, JSON.readTree(text)));
        } catch (JsonProcessingException e) {
            complaints.add("not JSON: " + e.getOriginalMessage());
        }
    }

    /** Each of the kinds that are documented has to be there, and nothing but them. */
    private void checkEvents(JsonNode documented, String body, List<String> complaints) {
        Set<String> missing = new TreeSet<>();
        documented.fieldNames().forEachRemaining(missing::add);
        Matcher event = EVENT.matcher(body);
        while (event.find()) {
            String name = event.group("name");
            missing.remove(name);
            if (documented.has(name)) {
                checkJsonText(documented.path(name), event.group("data"), complaints);
            } else {
                complaints.add("the event " + name + " is not documented");
            }
        }
        if (!missing.isEmpty()) {
            complaints.add("there is no event " + missing);
        }
    }
}
