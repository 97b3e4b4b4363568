package io.quorate.coordinator.api.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.memory.Reservation;
import io.quorate.coordinator.api.http.JsonStream;
import io.quorate.coordinator.api.http.PacedAnswer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * Answers a batch: {@code {"results": [...]}}, each result as soon as all before it are there. A short answer is sent
 * as a whole, when the batch has ended.
 */
final class BatchAnswer implements BatchRun.Receiver {
    /** So many results are not sent before the batch has ended, if their values are as short as well. */
    private static final int FEW_RESULTS = 16;

    private static final int SHORT_BYTES = 8 << 10;

    private final HttpServerResponse response;
    private final Reservation held;
    private final Runnable giveBackBody;
    private final JsonStream text = JsonStream.indented().beginObjectOfArray("results");
    private Optional<PacedAnswer> answer = Optional.empty();
    private long valueBytes;
    private int results;

    /** @param held is given back when the last byte was written, or the client has gone */
    BatchAnswer(HttpServerResponse response, Reservation held, Runnable giveBackBody) {
        this.giveBackBody = giveBackBody;
        this.response = response;
        this.held = held;
    }

    @Override
    public void result(ObjectNode result, int resultValueBytes, Runnable sent) {
        if (hasGone()) {
            close();
            return;
        }
        text.add(result).then(sent);
        results++;
        valueBytes += resultValueBytes;
        if (valueBytes > SHORT_BYTES || results > FEW_RESULTS) {
            send();
        }
    }

    @Override
    public void ended() {
        if (hasGone()) {
            close();
        } else {
            text.endObjectOfArray().end();
            send();
        }
    }

    private boolean hasGone() {
        return answer.map(PacedAnswer::isEnded).orElseGet(response::closed);
    }

    private void send() {
        if (answer.isPresent()) {
            answer.get().resume();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        PacedAnswer begun = PacedAnswer.of(response, text, this::close);
        answer = Optional.of(begun);
        begun.begin();
    }

    private void close() {
        if (!held.isClosed()) {
            held.close();
            giveBackBody.run();
        }
    }
}
