package io.quorate.coordinator.api.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.ScanEntry;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.outcome.EvidenceText;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.operation.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * A scan as lines of JSON, page after page, one item a line. The last line has no item but {@code next} or {@code error};
 * without it the answer was cut. The next page is asked for when the client has taken most of the last one, so that a
 * client that does not read costs a page and no more; the stream ends when the client goes away.
 *
 * <p>An error before the first line is the status of the answer, as for any other request.
 */
final class ScanStream {
    private static final int UNREAD_BYTES_MAX = 256 << 10;

    private final Coordinator coordinator;
    private final ScanParameters parameters;
    private final HttpServerResponse response;
    private KeyRange rest;
    private Optional<Key> toldTo = Optional.empty();
    private boolean waitsForClient;
    private int pages;
    private int items;

    ScanStream(Coordinator coordinator, ScanParameters parameters, HttpServerResponse response) {
        this.coordinator = coordinator;
        this.parameters = parameters;
        this.response = response;
        this.rest = parameters.rest();
    }

    void start() {
        response.setWriteQueueMaxSize(UNREAD_BYTES_MAX);
        response.drainHandler(drained -> {
            if (waitsForClient) {
                waitsForClient = false;
                nextPage();
            }
        });
        nextPage();
    }

    private void nextPage() {
        if (!response.closed()) {
            coordinator.scan(parameters.page(rest, parameters.limit() - items), parameters.options(), this::received);
        }
    }

    private void received(Outcome outcome) {
        if (response.closed()) {
            return;
        }
        if (outcome instanceof Outcome.Scanned page) {
            write(page);
        } else if (pages == 0) {
            OutcomeStatus.send(response, (Outcome.Refused) outcome);
        } else {
            response.end(Buffer.buffer(Json.line(error(outcome))));
        }
    }

    private void write(Outcome.Scanned page) {
        if (pages == 0) {
            response.setChunked(true).putHeader(EvidenceText.HEADER, EvidenceText.of(page.evidence()));
        }
        Buffer lines = Buffer.buffer();
        for (ScanEntry entry : page.entries()) {
            lines.appendBytes(Json.line(ScanRoutes.item(entry)));
        }
        pages++;
        items += page.entries().size();
        toldTo = page.coveredTo();
        Optional<KeyRange> left = parameters.restBehind(toldTo);
        if (left.isEmpty() || items >= parameters.limit()) {
            response.end(lines.appendBytes(Json.line(end(page))));
            return;
        }
        rest = left.get();
        if (lines.length() > 0) {
            response.write(lines);
        }
        waitsForClient = response.writeQueueFull();
        if (!waitsForClient) {
            nextPage();
        }
    }

    private ObjectNode end(Outcome.Scanned page) {
        ObjectNode line = Json.object();
        ScanRoutes.putNext(line, parameters.cursorBehind(toldTo));
        line.put("items", items);
        line.put("pages", pages);
        return line.put("evidence", EvidenceText.of(page.evidence()));
    }

    /** All that was told before it holds, and {@code next} goes on behind it. */
    private ObjectNode error(Outcome outcome) {
        ObjectNode line = Json.object();
        line.set("error", OutcomeStatus.problem(outcome, false));
        ScanRoutes.putNext(line, parameters.cursorBehind(toldTo));
        return line;
    }
}
