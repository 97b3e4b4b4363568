package io.quorate.deploy.openapi;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/** Sends requests, judges each answer by the document, and remembers what of the document was driven. */
final class Exercise {
    private final KvClient client;
    private final ApiDocument document;
    private final Set<String> driven = new ConcurrentSkipListSet<>();

    Exercise(KvClient client, ApiDocument document) {
        this.client = client;
        this.document = document;
    }

    HttpResponse<Buffer> send(LocalNode node, String methodAndUri, int status) {
        return send(node, methodAndUri, Map.of(), "", status);
    }

    /**
     * Fails unless the answer has this status and is as the document says.
     *
     * @param methodAndUri such as {@code GET /v1/cluster}
     */
    HttpResponse<Buffer> send(
            LocalNode node, String methodAndUri, Map<String, String> headers, String body, int status) {
        HttpResponse<Buffer> answer = client.send(request(node, methodAndUri, headers), Buffer.buffer(body));
        return judge(methodAndUri, headers, answer, status);
    }

    /** Sends a request without waiting for its answer, which is not judged. */
    Future<HttpResponse<Buffer>> begin(LocalNode node, String methodAndUri, Map<String, String> headers, String body) {
        return request(node, methodAndUri, headers).sendBuffer(Buffer.buffer(body));
    }

    /** The status of an answer, to a request with some body, that is not judged. */
    int statusOf(LocalNode node, String methodAndUri, Map<String, String> headers) {
        return client.send(request(node, methodAndUri, headers), Buffer.buffer("body"))
                .statusCode();
    }

    private HttpRequest<Buffer> request(LocalNode node, String methodAndUri, Map<String, String> headers) {
        String[] parts = methodAndUri.split(" ", 2);
        HttpRequest<Buffer> request = client.request(HttpMethod.valueOf(parts[0]), node.httpPort(), parts[1]);
        headers.forEach(request::putHeader);
        return request;
    }

    private HttpResponse<Buffer> judge(
            String methodAndUri, Map<String, String> headers, HttpResponse<Buffer> answer, int status) {
        String[] parts = methodAndUri.split("[ ?]", 3);
        String query = parts.length < 3 ? "" : parts[2];
        ApiOperation operation = document.operation(HttpMethod.valueOf(parts[0]), parts[1]);
        if (answer.statusCode() != status) {
            throw new AssertionError(
                    methodAndUri + " was to be answered by " + status + ": " + KvClient.describe(answer));
        }
        operation.check(query, answer);
        driven.add(operation.id() + " " + status);
        headers.keySet().forEach(name -> driven.add(operation.id() + " header " + name));
        for (String pair : query.split("&")) {
            driven.add(operation.id() + " query " + pair.replaceFirst("=.*", ""));
        }
        return answer;
    }

    /** Statuses and parameters of the document that no request has met yet, each after its operation's id. */
    Set<String> notDriven() {
        Set<String> all = document.operations().stream()
                .flatMap(operation -> operation.statuses().stream().map(status -> operation.id() + " " + status))
                .collect(Collectors.toCollection(TreeSet::new));
        document.operations()
                .forEach(operation ->
                        operation.parameters().forEach(parameter -> all.add(operation.id() + " " + parameter)));
        all.removeAll(driven);
        return all;
    }
}
