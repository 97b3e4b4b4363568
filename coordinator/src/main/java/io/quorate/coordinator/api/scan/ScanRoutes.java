package io.quorate.coordinator.api.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.MediaRanges;
import io.quorate.coordinator.api.http.PacedAnswer;
import io.quorate.coordinator.api.outcome.EvidenceJson;
import io.quorate.coordinator.api.outcome.OutcomeAnswer;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.operation.Outcome;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** {@code /v1/kv}: the keys of a range in their order, one page as JSON or all as lines of JSON. */
public final class ScanRoutes {
    private static final String NDJSON = "application/x-ndjson";
    private static final String JSON = "application/json";

    private final Coordinator coordinator;
    private final ApiLimits limits;
    private final MemoryBudget memory;

    /** @param memory is charged for pages until they are sent */
    public ScanRoutes(Coordinator coordinator, ApiLimits limits, MemoryBudget memory) {
        this.memory = memory;
        this.coordinator = coordinator;
        this.limits = limits;
    }

    public void scan(HttpServerRequest request, String noVariable, AccessCaller caller) {
        HttpServerResponse response = request.response();
        AnswerHeaders.varyBy(response, HttpHeaders.ACCEPT);
        AnswerHeaders.varyBy(response, HttpHeaders.ACCEPT_ENCODING);
        boolean streamed = MediaRanges.acceptedBy(request).prefer(NDJSON, JSON);
        ScanParameters parameters =
                ScanParameters.parse(request.query(), streamed, limits).askedBy(request);
        if (request.method().equals(HttpMethod.HEAD)) {
            head(parameters, new HeadAnswer(response, streamed ? NDJSON : JSON));
        } else if (streamed) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, NDJSON);
            new ScanStream(coordinator, parameters, request, memory, caller).start();
        } else {
            coordinator.scan(
                    parameters.page(parameters.rest(), parameters.limit()),
                    parameters.options(),
                    new PageAnswer(request, parameters)::send);
        }
    }

    /** One item shows whether the range can be read now, and with which evidence. */
    private void head(ScanParameters parameters, HeadAnswer answer) {
        coordinator.scan(parameters.page(parameters.rest(), 1), parameters.options(), answer::send);
    }

    private static final class HeadAnswer extends OutcomeAnswer {
        private final String contentType;

        HeadAnswer(HttpServerResponse response, String contentType) {
            super(response);
            this.contentType = contentType;
        }

        @Override
        public Void scanned(Outcome.Scanned page) {
            putEvidence(page.evidence());
            response()
                    .setStatusCode(OutcomeStatus.of(page))
                    .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                    .end();
            return null;
        }
    }

    private final class PageAnswer extends OutcomeAnswer {
        private final HttpServerRequest request;
        private final ScanParameters parameters;

        PageAnswer(HttpServerRequest request, ScanParameters parameters) {
            super(request.response());
            this.request = request;
            this.parameters = parameters;
        }

        @Override
        public Void scanned(Outcome.Scanned page) {
            ObjectNode body = Json.object();
            ArrayNode items = body.putArray("items");
            page.entries().forEach(entry -> items.add(ScanJson.item(entry, coordinator.time())));
            ScanJson.putNext(body, parameters.cursorBehind(page.coveredTo()));
            if (parameters.explain()) {
                body.set("evidence", EvidenceJson.of(page.evidence()));
            }
            putEvidence(page.evidence());
            response().setStatusCode(OutcomeStatus.of(page)).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
            if (!PacedAnswer.sendCompressedJson(memory, request, body, ScanJson.valueBytes(page.entries()))) {
                PacedAnswer.refuseForMemory(response());
            }
            return null;
        }
    }
}
