package io.quorate.coordinator.console;

import io.quorate.coordinator.api.access.Requirement.Anonymous;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.ServedFile;
import io.quorate.coordinator.api.origin.Origins;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.Route;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The console's files: its page at {@code /}, all files at {@code /console/...}. It reads them once and keeps them. */
public final class ConsoleFiles implements HttpEndpoint {
    /** The folder of the files in the class path. */
    public static final String FOLDER = "console";

    private static final String PATH = "/console/";
    private static final String INDEX = "index.html";

    private static final String CHARTS = "META-INF/resources/webjars/uplot";
    private static final String CHARTS_PATH = "lib/uplot/";
    /** The part of a path between the version and the file's name, in the jar of the charts. */
    private static final String CHARTS_FOLDER = "/dist/";

    private final Map<String, ServedFile> files;
    private final Origins origins;

    private ConsoleFiles(Map<String, ServedFile> files, Origins origins) {
        this.files = files;
        this.origins = origins;
    }

    /** @param folder in the class path */
    public static ConsoleFiles read(String folder, Origins origins) throws IOException {
        Map<String, ServedFile> files = new HashMap<>();
        ClassPathFolder.read(folder).forEach((name, bytes) -> files.put(name, ConsoleFile.of(name, bytes)));
        ClassPathFolder.read(CHARTS).forEach((name, bytes) -> {
            int start = name.indexOf(CHARTS_FOLDER);
            if (start >= 0) {
                String file = name.substring(start + CHARTS_FOLDER.length());
                files.put(CHARTS_PATH + file, ConsoleFile.of(file, bytes));
            }
        });
        return new ConsoleFiles(Map.copyOf(files), origins);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.read("/", new Anonymous(), request -> send(request, INDEX)),
                Route.read(PATH + "{file}", new Anonymous(), (request, name) -> send(request, name)));
    }

    private void send(HttpServerRequest request, String name) {
        ServedFile file = files.get(name);
        if (file == null) {
            throw new BadRequest(404, "the console has no file " + PATH + name);
        }
        putPolicies(request.response());
        file.send(request);
    }

    private void putPolicies(HttpServerResponse response) {
        response.putHeader(AnswerHeaders.POLICY, origins.contentSecurityPolicy())
                .putHeader("Referrer-Policy", "no-referrer");
    }
}
