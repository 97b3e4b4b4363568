package io.quorate.coordinator.api.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/cluster, /v1/cluster, ''",
        "/v1/kv/{key}, /v1/kv/a/b, a/b",
        "/v1/kv/{key}, /v1/kv/%2F, %2F",
        "/v1/kv/{key}, /v1/kv/, ''",
        "/v1/keys/{key}/replicas, /v1/keys/a/replicas, a",
        "/v1/keys/{key}/replicas, /v1/keys/a/replicas/replicas, a/replicas",
        "/v1/keys/{key}/replicas, /v1/keys///replicas, /"
    })
    void aVariableTakesAllBetweenTheEndsAsItWasSent(String template, String path, String variable) {
        assertEquals(Optional.of(variable), PathTemplate.parse(template).match(path));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/cluster, /v1/cluster/",
        "/v1/cluster, /v1/clusters",
        "/v1/kv/{key}, /v1/kv",
        "/v1/keys/{key}/replicas, /v1/keys//replicas",
        "/v1/keys/{key}/replicas, /v1/keys/replicas",
        "/v1/keys/{key}/replicas, /v1/keys/a"
    })
    void otherPathsDoNotFit(String template, String path) {
        assertEquals(Optional.empty(), PathTemplate.parse(template).match(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/cluster", "/v1/kv/{key}", "/v1/keys/{key}/replicas", "/"})
    void aTemplateReadsAsItWasWritten(String text) {
        assertEquals(text, PathTemplate.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "/{", "/{}", "/{a}/{b}", "/a}"})
    void textThatIsNoTemplateIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PathTemplate.parse(text));
    }
}
