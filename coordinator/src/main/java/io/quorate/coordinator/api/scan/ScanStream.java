package io.quorate.coordinator.api.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.memory.Reservation;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.http.AnswerSource;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.JsonStream;
import io.quorate.coordinator.api.http.PacedAnswer;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.outcome.EvidenceText;
import io.quorate.coordinator.api.outcome.OutcomeAnswer;
import io.quorate.coordinator.api.outcome.OutcomeProblem;
import io.quorate.coordinator.operation.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * A scan as lines of JSON, page after page, one item a line. The last line has no item but {@code next} or
 * {@code error}. An answer without a last line was cut.
 *
 * <p>The stream asks for the next page when the client has taken nearly all of the last one. A client that does not
 * read therefore costs one page. The stream ends when the client goes away.
 *
 * <p>An error before the first line is the status of the answer, as for any other request.
 */
final class ScanStream {
    private static final String TAKEN_BACK = "the right to read these keys was taken back meanwhile";

    private final Coordinator coordinator;
    private final ScanParameters parameters;
    private final HttpServerResponse response;
    private final AccessCaller caller;
    private final Reservation held;
    private final JsonStream lines = JsonStream.lines();
    private final PacedAnswer answer;
    private final FirstPage firstPage;
    private final FurtherPage furtherPage;
    private KeyRange rest;
    private Optional<Key> sentTo = Optional.empty();
    private boolean asking;
    private int pages;
    private int items;

    /**
     * @param memory is charged for each page until its last line is made
     * @param caller is judged again before each page: a stream may last for hours
     */
    ScanStream(
            Coordinator coordinator,
            ScanParameters parameters,
            HttpServerRequest request,
            MemoryBudget memory,
            AccessCaller caller) {
        this.caller = caller;
        this.coordinator = coordinator;
        this.parameters = parameters;
        this.response = request.response();
        this.held = new Reservation(memory, MemoryUse.ANSWER);
        this.answer = PacedAnswer.of(response, PacedAnswer.compressed(request, new PagedLines(), held), held::close);
        this.firstPage = new FirstPage();
        this.furtherPage = new FurtherPage();
        this.rest = parameters.rest();
    }

    void start() {
        askForPage();
    }

    /** Asks for the next page when all lines of the last one were made. */
    private final class PagedLines implements AnswerSource {
        @Override
        public Optional<Buffer> next() {
            Optional<Buffer> made = lines.next();
            if (made.isPresent() || lines.isOver() || asking) {
                return made;
            }
            if (mayGoOn()) {
                askForPage();
            } else {
                lines.addLine(error(Problem.of(403, TAKEN_BACK, Problem.Effect.NONE)))
                        .end();
            }
            return lines.next();
        }

        @Override
        public boolean isOver() {
            return lines.isOver();
        }
    }

    private boolean mayGoOn() {
        return caller.renewed().filter(now -> now.mayRead(rest)).isPresent();
    }

    private void askForPage() {
        if (!response.closed()) {
            asking = true;
            coordinator.scan(parameters.page(rest, parameters.limit() - items), parameters.options(), this::received);
        }
    }

    private void received(Outcome outcome) {
        asking = false;
        if (pages == 0) {
            firstPage.send(outcome);
        } else if (!answer.isEnded()) {
            FailedRequest.guard(response, () -> outcome.match(furtherPage));
            answer.resume();
        }
    }

    /** Until there is a line, an error still can be the answer's status. */
    private final class FirstPage extends OutcomeAnswer {
        FirstPage() {
            super(response);
        }

        @Override
        public Void scanned(Outcome.Scanned page) {
            if (!holds(page)) {
                PacedAnswer.refuseForMemory(response);
                return null;
            }
            response.setChunked(true);
            putEvidence(page.evidence());
            write(page);
            answer.begin();
            return null;
        }
    }

    private final class FurtherPage extends Outcome.ExpectedCases<Void> {
        @Override
        public Void scanned(Outcome.Scanned page) {
            if (holds(page)) {
                write(page);
            } else {
                lines.addLine(error(Problem.of(429, PacedAnswer.NO_MEMORY, Problem.Effect.NONE)))
                        .end();
            }
            return null;
        }

        @Override
        public Void refused(Outcome.Refused refused) {
            lines.addLine(error(OutcomeProblem.of(refused, false))).end();
            return null;
        }
    }

    private boolean holds(Outcome.Scanned page) {
        return held.tryGrow(ScanJson.valueBytes(page.entries()));
    }

    private void write(Outcome.Scanned page) {
        page.entries().forEach(entry -> lines.addLine(ScanJson.item(entry, coordinator.time())));
        long bytes = ScanJson.valueBytes(page.entries());
        lines.then(() -> held.shrink(bytes));
        pages++;
        items += page.entries().size();
        sentTo = page.coveredTo();
        Optional<KeyRange> left = parameters.restBehind(sentTo);
        if (left.isEmpty() || items >= parameters.limit()) {
            lines.addLine(end(page)).end();
        } else {
            rest = left.get();
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
    private ObjectNode error(ObjectNode problem) {
        ObjectNode line = Json.object();
        line.set("error", problem);
        ScanJson.putNext(line, parameters.cursorBehind(sentTo));
        return line;
    }
}
