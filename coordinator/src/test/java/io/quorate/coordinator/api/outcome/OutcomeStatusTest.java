package io.quorate.coordinator.api.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeStatusTest {
    private static final Version VERSION = new Version(1, 1, 1, 0);

    /** A status never depends on the evidence. */
    private static final Evidence ANY = null;

    @ParameterizedTest
    @CsvSource({
        "NO_QUORUM, 503",
        "OVERLOADED, 429",
        "NO_MEMORY, 429",
        "TOO_LARGE, 507",
        "CONTENTION, 409",
        "DISK_FULL, 507",
        "FENCED, 503",
        "KEY_REUSED, 422"
    })
    void aRefusalHasTheStatusOfItsReason(RefusalReason reason, int status) {
        assertEquals(status, OutcomeStatus.of(new Outcome.Refused(reason, ANY)));
    }

    @ParameterizedTest
    @CsvSource({"true, 201", "false, 200"})
    void aPutSaysWhetherItCreatedTheValueInItsFirstAnswerAndInEachLaterOne(boolean created, int status) {
        assertEquals(status, OutcomeStatus.of(new Outcome.Applied(VERSION, created, ANY)));
        assertEquals(status, OutcomeStatus.of(result(RequestResult.Type.PUT, created)));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aDeleteHasNoContentWhateverWasThere(boolean created) {
        assertEquals(204, OutcomeStatus.ofDelete(new Outcome.Applied(VERSION, created, ANY)));
        assertEquals(204, OutcomeStatus.of(result(RequestResult.Type.DELETED, created)));
    }

    @Test
    void aConditionThatDoesNotHoldIsA412() {
        assertEquals(412, OutcomeStatus.of(new Outcome.ConditionFailed(VERSION, ANY)));
        assertEquals(412, OutcomeStatus.ofDelete(new Outcome.ConditionFailed(VERSION, ANY)));
        assertEquals(412, OutcomeStatus.of(result(RequestResult.Type.REFUSED, false)));
    }

    @Test
    void onlyAnUnknownOutcomeIsA504() {
        assertEquals(504, OutcomeStatus.of(new Outcome.Unknown(ANY)));
        assertEquals(504, OutcomeStatus.ofDelete(new Outcome.Unknown(true, ANY)));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertEquals(404, OutcomeStatus.of(new Outcome.Read(Record.NEVER_WRITTEN, ANY)));
        assertEquals(200, OutcomeStatus.of(new Outcome.Read(new Record(VERSION, Value.of("v")), ANY)));
        assertEquals(404, OutcomeStatus.of(new Outcome.RequestStatus(false, Optional.empty(), ANY)));
        assertEquals(200, OutcomeStatus.of(new Outcome.RequestStatus(true, Optional.empty(), ANY)));
    }

    @Test
    void aListIsThereAlsoWhenItIsEmpty() {
        assertEquals(200, OutcomeStatus.of(new Outcome.Scanned(List.of(), Optional.empty(), ANY)));
        assertEquals(200, OutcomeStatus.of(new Outcome.Surveyed(List.of(), ANY)));
    }

    private static RequestResult result(RequestResult.Type type, boolean created) {
        return new RequestResult(type, VERSION, Value.NEVER_EXPIRES, new Receipt(1, created, 2));
    }
}
