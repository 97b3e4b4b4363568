package io.quorate.deploy.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StepWatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]     | 0 | false | true",
                "['n3'] | 0 | false | false",
                "[]     | 1 | false | false",
                "[]     | 0 | true  | false",
            })
    void allAnswerAndNobodyLacksAnything(String silent, int waiting, boolean overflowed, boolean inStep)
            throws Exception {
        String body = "{'silent': " + silent + ", 'hints': [{'waiting': 0, 'overflowed': false}, {'waiting': " + waiting
                + ", 'overflowed': " + overflowed + "}]}";
        assertEquals(inStep, StepWatch.isInStep(new ObjectMapper().readTree(body.replace('\'', '"'))));
    }
}
