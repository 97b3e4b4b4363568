package io.quorate.deploy.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterWritesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{level=\"linearizable\",operation=\"write\",outcome=\"ok\"} 1200 | 1200",
                "{operation=\"conditional_write\",outcome=\"ok\",level=\"linearizable\"} 1.2E3 | 1200",
                "{level=\"linearizable\",operation=\"write\",outcome=\"unknown\"} 7 | 7",
                "{level=\"linearizable\",operation=\"write\",outcome=\"overloaded\"} 7 | 0",
                "{level=\"linearizable\",operation=\"read\",outcome=\"ok\"} 7 | 0"
            })
    void writesThatAreDoneOrPerhapsDoneCount(String metric, long writes) {
        assertEquals(writes, ClusterWrites.done("quorate_requests_seconds_count" + metric));
    }
}
