package io.quorate.deploy.openapi;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.openapi.ApiOperation.Answer;
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

    /**
     * Fails unless the answer has this status and is as the document says.
     *
     * @param methodAndUri such as {@code GET /v1/cluster}
     */
    HttpResponse<Buffer> send(int httpPort, String methodAndUri, Map<String, String> headers, String body, int status) {
        HttpResponse<Buffer> answer = client.send(request(httpPort, methodAndUri, headers), Buffer.buffer(body));
        if (answer.statusCode() != status) {
            throw new AssertionError(
                    methodAndUri + " was to be answered by " + status + ": " + KvClient.describe(answer));
        }
        judge(methodAndUri, headers, new Answer(status, answer.headers(), answer.bodyAsString()));
        return answer;
    }

    /** Sends a request without waiting for its answer, which is not judged. */
    Future<HttpResponse<Buffer>> begin(int httpPort, String methodAndUri, Map<String, String> headers, String body) {
        return request(httpPort, methodAndUri, headers).sendBuffer(Buffer.buffer(body));
    }

    /** The status of an answer, to a request with some body, that is not judged. */
    int statusOf(int httpPort, String methodAndUri, Map<String, String> headers) {
        return client.send(request(httpPort, methodAndUri, headers), Buffer.buffer("body"))
                .statusCode();
    }

    private HttpRequest<Buffer> request(int httpPort, String methodAndUri, Map<String, String> headers) {
        String[] parts = methodAndUri.split(" ", 2);
        HttpRequest<Buffer> request = client.request(HttpMethod.valueOf(parts[0]), httpPort, parts[1]);
        headers.forEach(request::putHeader);
        return request;
    }

    /** Fails unless an answer is as the document says. */
    void judge(String methodAndUri, Map<String, String> headers, Answer answer) {
        String[] parts = methodAndUri.split("[ ?]", 3);
        String query = parts.length < 3 ? "" : parts[2];
        ApiOperation operation = document.operation(HttpMethod.valueOf(parts[0]), parts[1]);
        operation.check(query, answer);
        driven.add(operation.id() + " " + answer.status());
        headers.keySet().forEach(name -> driven.add(operation.id() + " header " + name));
        for (String pair : query.split("&")) {
            driven.add(operation.id() + " query " + pair.replaceFirst("=.*", ""));
        }
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
