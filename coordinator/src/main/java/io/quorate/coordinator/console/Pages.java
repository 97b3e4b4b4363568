package io.quorate.coordinator.console;

import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.HttpEndpoint;
import io.quorate.coordinator.api.origin.Origins;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The console's files: {@code GET /} is its page, {@code /console/...} the rest. All are read once and kept. */
public final class Pages implements HttpEndpoint {
    /** In the class path. */
    public static final String FOLDER = "console";

    private static final String PATH = "/console/";
    private static final String INDEX = PATH + "index.html";

    private static final String CHARTS = "META-INF/resources/webjars/uplot";
    private static final String CHARTS_PATH = PATH + "lib/uplot/";
    /** Between its version and the file. */
    private static final String CHARTS_FOLDER = "/dist/";

    private final Map<String, PageFile> files;
    private final Origins origins;

    private Pages(Map<String, PageFile> files, Origins origins) {
        this.files = files;
        this.origins = origins;
    }

    /** @param folder in the class path */
    public static Pages read(String folder, Origins origins) throws IOException {
        Map<String, PageFile> files = new HashMap<>();
        ClassPathFolder.read(folder).forEach((name, bytes) -> files.put(PATH + name, PageFile.of(name, bytes)));
        ClassPathFolder.read(CHARTS).forEach((name, bytes) -> {
            int start = name.indexOf(CHARTS_FOLDER);
            if (start >= 0) {
                String file = name.substring(start + CHARTS_FOLDER.length());
                files.put(CHARTS_PATH + file, PageFile.of(file, bytes));
            }
        });
        return new Pages(Map.copyOf(files), origins);
    }

    @Override
    public boolean owns(String path) {
        return path.equals("/") || path.startsWith(PATH);
    }

    @Override
    public void handle(HttpServerRequest request, String path) {
        requireRead(request);
        PageFile file = files.get(path.equals("/") ? INDEX : path);
        if (file == null) {
            throw new BadRequest(404, "no file of the console is at " + path);
        }
        HttpServerResponse response = request.response();
        putHeaders(response, file);
        if (file.tag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, file.contentType());
            // The length that a GET would have: the answer to a HEAD states it and has no bytes.
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, Integer.toString(file.bytes().length()));
            response.end(file.bytes());
        }
    }

    private static void requireRead(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader("Allow", "GET, HEAD");
            throw new BadRequest(405, request.method() + " is not allowed on a page; allowed are GET and HEAD");
        }
    }

    private void putHeaders(HttpServerResponse response, PageFile file) {
        response.putHeader(HttpHeaders.ETAG, file.tag())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", origins.contentSecurityPolicy())
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
    }
}
