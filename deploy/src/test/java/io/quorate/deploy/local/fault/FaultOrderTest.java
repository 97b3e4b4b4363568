package io.quorate.deploy.local.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.deploy.local.command.SignedDuration;
import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class FaultOrderTest {
    @TempDir
    Path home;

    private ClusterFolder cluster;

    @BeforeEach
    void open() throws Exception {
        cluster = ClusterFolder.at(home, Map.of());
    }

    @Test
    void anOrderIsReadAsItIsMeant() throws Exception {
        FaultOrder cut = parse("{\"fault\": \"cut\", \"node\": \"n1\", \"peer\": \"n2\"}");
        assertEquals(
                new FaultOrder(FaultKind.CUT, Optional.of(cluster.choose("n1")), Optional.of(cluster.choose("n2")), 0),
                cut);
        assertEquals(
                -5000,
                parse("{\"fault\": \"skew\", \"node\": \"n1\", \"ms\": -5000}").ms());
        assertEquals(
                "slow-disk n1 300 ms",
                parse("{\"fault\": \"slow-disk\", \"node\": \"n1\", \"ms\": 300}")
                        .text());
        assertTrue(parse("{\"fault\": \"heal\"}").node().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"fault\": \"explode\", \"node\": \"n1\"}",
                "{\"fault\": \"KILL\", \"node\": \"n1\"}",
                "{\"fault\": \"kill\"}",
                "{\"fault\": \"kill\", \"node\": \"n4\"}",
                "{\"fault\": \"kill\", \"node\": \"../n1\"}",
                "{\"fault\": \"kill\", \"node\": \"n1\", \"now\": true}",
                "{\"fault\": \"cut\", \"node\": \"n1\"}",
                "{\"fault\": \"cut\", \"node\": \"n1\", \"peer\": \"n1\"}",
                "{\"fault\": \"slow\", \"node\": \"n1\"}",
                "{\"fault\": \"slow\", \"node\": \"n1\", \"ms\": 10001}",
                "{\"fault\": \"slow\", \"node\": \"n1\", \"ms\": -1}",
                "{\"fault\": \"slow\", \"node\": \"n1\", \"ms\": 0.5}",
                "{\"fault\": \"slow_disk\", \"node\": \"n1\", \"ms\": 300}",
                "{\"fault\": \"slow-disk\", \"node\": \"n1\"}",
                "{\"fault\": \"slow-disk\", \"node\": \"n1\", \"ms\": 10001}",
                "{\"fault\": \"skew\", \"node\": \"n1\", \"ms\": -9223372036854775808}",
                "{\"fault\": \"skew\", \"node\": \"n1\", \"ms\": 9223372036854775808}"
            })
    void whatMakesNoSenseIsRefused(String body) {
        assertTrue(assertThrows(LocalClusterException.class, () -> parse(body)).isUsage());
    }

    @ParameterizedTest
    @CsvSource({"50ms, 50", "+5s, 5000", "5s, 5000", "-1h, -3600000", "2m, 120000", "0, 0", "0ms, 0"})
    void amountsAreReadWithTheirUnits(String text, long ms) {
        assertEquals(ms, SignedDuration.parse(text).ms());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "+", "5 s", "1d", "--5s", "1.5s", "9999999999s"})
    void anAmountWithoutAUnitOrWithAnotherIsRefused(String text) {
        assertThrows(TypeConversionException.class, () -> SignedDuration.parse(text));
    }

    private FaultOrder parse(String body) throws Exception {
        return FaultOrder.parse(new ObjectMapper().readTree(body), cluster);
    }
}
