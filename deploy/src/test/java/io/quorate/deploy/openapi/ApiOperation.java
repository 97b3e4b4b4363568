package io.quorate.deploy.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A method of a path of the document, and what it lets a node answer. */
public record ApiOperation(ApiDocument document, HttpMethod method, String template, JsonNode node) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Headers of the connection and of the body, which HTTP itself describes. */
    private static final Set<String> OF_HTTP =
            Set.of("content-type", "content-length", "transfer-encoding", "connection");

    String id() {
        return node.path("operationId").textValue();
    }

    boolean isAt(String path) {
        return path.matches(template.replace(".", "\\.").replace("{key}", ".+").replace("{id}", "[^/]+"));
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
        JsonNode response = document.resolved(node.path("responses").path(Integer.toString(answer.statusCode())));
        List<String> complaints = new ArrayList<>();
        if (response.isMissingNode()) {
            complaints.add("the status is none of " + statuses());
        } else {
            checkHeaders(response.path("headers"), answer, complaints);
            checkBody(response, query, answer, complaints);
        }
        if (!complaints.isEmpty()) {
            throw new AssertionError(id() + "?" + query + " was answered by " + answer.statusCode()
                    + ", and not as /openapi.yaml says: " + String.join("; ", complaints) + "\n" + answer.headers()
                    + "\n"
                    + answer.bodyAsString());
        }
    }

    private void checkHeaders(JsonNode documented, HttpResponse<Buffer> answer, List<String> complaints) {
        Set<String> known = new TreeSet<>(OF_HTTP);
        documented.properties().forEach(entry -> {
            known.add(entry.getKey().toLowerCase(Locale.ROOT));
            JsonNode header = document.resolved(entry.getValue());
            String value = answer.getHeader(entry.getKey());
            if (value != null) {
                document.complaints(header.path("schema"), TextNode.valueOf(value))
                        .forEach(complaint -> complaints.add(entry.getKey() + " " + value + " " + complaint));
            } else if (header.path("required").asBoolean()) {
                complaints.add("the header " + entry.getKey() + " is missing");
            }
        });
        answer.headers().names().stream()
                .filter(name -> !known.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> complaints.add("the header " + name + " is not documented"));
    }

    private void checkBody(JsonNode response, String query, HttpResponse<Buffer> answer, List<String> complaints) {
        JsonNode content = response.path("content");
        boolean isEmpty = answer.body() == null || answer.body().length() == 0;
        if (method.equals(HttpMethod.HEAD) || content.isMissingNode()) {
            if (!isEmpty) {
                complaints.add("there is a body");
            }
            return;
        }
        if (isEmpty) {
            if (!response.has("x-may-be-empty") && !content.has("*/*")) {
                complaints.add("there is no body");
            }
            return;
        }
        String type = String.valueOf(answer.getHeader("Content-Type")).replaceFirst(";.*", "");
        JsonNode media = content.path(type);
        if (media.isMissingNode() || !query.contains(media.path("x-only-with").asText())) {
            media = content.path("*/*");
        }
        if (media.isMissingNode()) {
            complaints.add("the content type " + type + " is not documented");
        } else if (type.endsWith("json")) {
            checkJson(media, answer.bodyAsString(), complaints);
        }
    }

    private void checkJson(JsonNode media, String body, List<String> complaints) {
        Stream<String> parts = media.has("x-each-line") ? body.lines() : Stream.of(body);
        parts.forEach(part -> {
            try {
                complaints.addAll(document.complaints(media.path("schema"), JSON.readTree(part)));
            } catch (JsonProcessingException e) {
                complaints.add("not JSON: " + e.getOriginalMessage());
            }
        });
    }
}
