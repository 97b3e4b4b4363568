package io.quorate.deploy.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quorate.coordinator.api.access.AccessRole;
import io.quorate.coordinator.api.access.Requirement.RoleOf;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.EncodedText;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.Gzip;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.Route;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /metrics}. Event loops only report their own figures. A worker thread reads all others and writes the
 * text.
 */
final class MetricsEndpoint implements HttpEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);

    private static final String PATH = "/metrics";

    private final PrometheusMeterRegistry registry;
    private final EventLoops loops;
    private final Consumer<List<LoopFigures>> refresh;

    /** @param refresh to be called before the meters are read */
    MetricsEndpoint(PrometheusMeterRegistry registry, EventLoops loops, Consumer<List<LoopFigures>> refresh) {
        this.registry = registry;
        this.loops = loops;
        this.refresh = refresh;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.read(PATH, new RoleOf(AccessRole.OBSERVE), this::scrape));
    }

    private void scrape(HttpServerRequest request) {
        Exposition exposition = Exposition.accepted(request.getHeader(HttpHeaders.ACCEPT));
        boolean takesGzip = Gzip.isAcceptedBy(request);
        Context context = Vertx.currentContext();
        loops.figures()
                .compose(figures -> context.executeBlocking(() -> text(figures, exposition, takesGzip), false))
                .onComplete(text -> context.runOnContext(back ->
                        FailedRequest.guard(request.response(), () -> answer(request.response(), exposition, text))));
    }

    private EncodedText text(List<LoopFigures> figures, Exposition exposition, boolean takesGzip) {
        refresh.accept(figures);
        return EncodedText.of(registry.scrape(exposition.contentType()).getBytes(StandardCharsets.UTF_8), takesGzip);
    }

    private static void answer(HttpServerResponse response, Exposition exposition, AsyncResult<EncodedText> text) {
        if (response.closed()) {
            return;
        }
        if (text.failed()) {
            LOG.error("the meters could not be read", text.cause());
            Problem.refuse(response, 500, "the meters could not be read; the log of this process has more");
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, exposition.contentType());
            AnswerHeaders.varyBy(response, HttpHeaders.ACCEPT);
            text.result().end(response);
        }
    }
}
