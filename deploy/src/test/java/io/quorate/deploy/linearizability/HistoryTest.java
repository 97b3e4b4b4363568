package io.quorate.deploy.linearizability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.linearizability.Operation.Kind;
import io.quorate.deploy.linearizability.Operation.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
    private static final Operation PUT = new Operation(3, Kind.PUT, "k", Optional.of("v17"), 5, 9, Outcome.UNKNOWN);
    private static final Operation MISS = new Operation(4, Kind.GET, "k\n\"", Optional.empty(), 6, 7, Outcome.OK);

    private static final Operation REFUSED = new Operation(
            5,
            Kind.PUT_IF,
            "k",
            Optional.of(Condition.version("7.a.1.0")),
            Optional.of("v18"),
            Optional.of(1_700_000_000_000L),
            Optional.of("8.b.1.0"),
            10,
            11,
            Outcome.FAIL);

    @TempDir
    Path folder;

    @Test
    void aLineIsWhatOutsideCheckersExpect() throws Exception {
        Path file = written();

        assertEquals(
                "{\"process\":3,\"op\":\"put\",\"key\":\"k\",\"value\":\"v17\",\"start\":5,\"end\":9,\"outcome\":\"unknown\"}",
                Files.readAllLines(file).get(0));
    }

    @Test
    void aConditionalWriteTellsItsConditionAndWhatRefutedIt() {
        assertEquals(
                "{\"process\":5,\"op\":\"put-if\",\"key\":\"k\",\"condition\":\"version 7.a.1.0\",\"value\":\"v18\","
                        + "\"expires\":1700000000000,\"version\":\"8.b.1.0\",\"start\":10,\"end\":11,\"outcome\":\"fail\"}",
                History.line(REFUSED));
    }

    @Test
    void whatWasWrittenReadsTheSame() throws Exception {
        assertEquals(List.of(PUT, MISS, REFUSED), History.read(written()).operations());
    }

    private Path written() throws Exception {
        History history = new History();
        history.add(PUT);
        history.add(MISS);
        history.add(REFUSED);
        Path file = folder.resolve("history.jsonl");
        history.write(file);
        return file;
    }
}
