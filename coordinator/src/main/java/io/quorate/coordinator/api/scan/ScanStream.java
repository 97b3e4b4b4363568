package io.quorate.coordinator.api.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.ScanEntry;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.outcome.EvidenceText;
import io.quorate.coordinator.api.outcome.OutcomeAnswer;
import io.quorate.coordinator.api.outcome.OutcomeProblem;
import io.quorate.coordinator.operation.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * A scan as lines of JSON, page after page, one item a line. The last line has no item but {@code next} or
 * {@code error}. An answer without a last line was cut.
 *
 * <p>The stream asks for the next page when the client has taken most of the last one. A client that does not read
 * therefore costs one page. The stream ends when the client goes away.
 *
 * <p>An error before the first line is the status of the answer, as for any other request.
 */
final class ScanStream {
    private static final int UNREAD_BYTES_MAX = 256 << 10;

    private final Coordinator coordinator;
    private final ScanParameters parameters;
    private final HttpServerResponse response;
    private final FirstPage firstPage;
    private final FurtherPage furtherPage;
    private KeyRange rest;
    private Optional<Key> sentTo = Optional.empty();
    private boolean waitsForClient;
    private int pages;
    private int items;

    ScanStream(Coordinator coordinator, ScanParameters parameters, HttpServerResponse response) {
        this.coordinator = coordinator;
        this.parameters = parameters;
        this.response = response;
        this.firstPage = new FirstPage();
        this.furtherPage = new FurtherPage();
        this.rest = parameters.rest();
    }

    void start() {
        response.setWriteQueueMaxSize(UNREAD_BYTES_MAX);
        response.drainHandler(drained -> {
            if (waitsForClient) {
                waitsForClient = false;
                FailedRequest.guard(response, this::nextPage);
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
        if (pages == 0) {
            firstPage.send(outcome);
        } else if (!response.closed()) {
            FailedRequest.guard(response, () -> outcome.match(furtherPage));
        }
    }

    /** Until there is a line, an error still can be the answer's status. */
    private final class FirstPage extends OutcomeAnswer {
        FirstPage() {
            super(response);
        }

        @Override
        public Void scanned(Outcome.Scanned page) {
            response.setChunked(true);
            putEvidence(page.evidence());
            return write(page);
        }
    }

    private final class FurtherPage extends Outcome.ExpectedCases<Void> {
        @Override
        public Void scanned(Outcome.Scanned page) {
            return write(page);
        }

        @Override
        public Void refused(Outcome.Refused refused) {
            response.end(Buffer.buffer(Json.line(error(refused))));
            return null;
        }
    }

    private Void write(Outcome.Scanned page) {
        Buffer lines = Buffer.buffer();
        for (ScanEntry entry : page.entries()) {
            lines.appendBytes(Json.line(ScanJson.item(entry)));
        }
        pages++;
        items += page.entries().size();
        sentTo = page.coveredTo();
        Optional<KeyRange> left = parameters.restBehind(sentTo);
        if (left.isEmpty() || items >= parameters.limit()) {
            response.end(lines.appendBytes(Json.line(end(page))));
        } else {
            rest = left.get();
            writeAndGoOn(lines);
        }
        return null;
    }

    private void writeAndGoOn(Buffer lines) {
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
        ScanJson.putNext(line, parameters.cursorBehind(sentTo));
        line.put("items", items);
        line.put("pages", pages);
        return line.put("evidence", EvidenceText.of(page.evidence()));
    }

    /** All lines before this one hold, and {@code next} goes on behind them. */
    private ObjectNode error(Outcome.Refused refused) {
        ObjectNode line = Json.object();
        line.set("error", OutcomeProblem.of(refused, false));
        ScanJson.putNext(line, parameters.cursorBehind(sentTo));
        return line;
    }
}
