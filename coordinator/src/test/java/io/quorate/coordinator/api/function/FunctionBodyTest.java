package io.quorate.coordinator.api.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.operation.function.Add;
import io.quorate.coordinator.operation.function.Add.AbsentNumber;
import io.quorate.coordinator.operation.function.Add.SumBounds;
import io.quorate.coordinator.operation.function.Append;
import io.quorate.coordinator.operation.function.PutIfAbsent;
import io.quorate.coordinator.operation.function.PutIfValue;
import io.quorate.coordinator.operation.function.RegisterFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionBodyTest {
    private static RegisterFunction parse(String body) {
        return FunctionBody.parse(body.getBytes(UTF_8), 8, Value.NEVER_EXPIRES);
    }

    @Test
    void eachFunctionHasAForm() {
        assertEquals(new Add(5, SumBounds.NONE, AbsentNumber.ZERO, Value.NEVER_EXPIRES), parse("{\"add\": \"5\"}"));
        assertEquals(
                new Add(-5, new SumBounds(0, 7), AbsentNumber.REFUSED, Value.NEVER_EXPIRES),
                parse("{\"absent\": \"refused\", \"add\": -5, \"min\": \"0\", \"max\": 7}"));
        assertEquals(new Append(Value.of("é"), 8), parse("{\"append\": \"é\"}"));
        assertEquals(new Append(Value.of("a"), 8), parse("{\"append64\": \"YQ==\"}"));
        assertEquals(new PutIfAbsent(Value.of("")), parse("{\"value\": \"\", \"ifAbsent\": true}"));
        assertEquals(
                new PutIfValue(Value.of("a"), Value.of("b".getBytes(UTF_8), "text/plain")),
                parse("{\"ifValue64\": \"YQ==\", \"value\": \"b\", \"contentType\": \"text/plain\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "[]",
                "{}",
                "{\"add\": \"5\"",
                "{\"add\": \"5\"} {}",
                "{\"add\": \"5\", \"add\": \"5\"}",
                "{\"add\": 1.5}",
                "{\"add\": \"9223372036854775808\"}",
                "{\"add\": null}",
                "{\"add\": \"1\", \"append\": \"1\"}",
                "{\"add\": \"1\", \"min\": \"2\", \"max\": \"1\"}",
                "{\"add\": \"1\", \"absent\": \"one\"}",
                "{\"add\": \"1\", \"ttl\": \"1s\"}",
                "{\"append\": \"a\", \"append64\": \"YQ==\"}",
                "{\"append64\": \"?\"}",
                "{\"append\": \"\\ud800\"}",
                "{\"value\": \"a\"}",
                "{\"ifAbsent\": true}",
                "{\"value\": \"a\", \"ifAbsent\": \"false\"}",
                "{\"value\": \"a\", \"ifAbsent\": true, \"ifValue\": \"b\"}",
                "{\"value\": \"a\", \"ifAbsent\": true, \"contentType\": \"\"}",
                "{\"append\": {\"a\": 1}}"
            })
    void otherBodiesAreRefused(String body) {
        BadRequest refusal = assertThrows(BadRequest.class, () -> parse(body));
        assertEquals(400, refusal.status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'add': 1.5}                  | has an add that is not a string, a whole number or true",
                "{'add': 1, 'append': 'a'}     | has the field 'append', which add does not have",
                "{'append': 'a', 'append': ''} | has the field 'append' twice",
                "{'append64': '?'}             | has an append64 that is not Base64",
                "{'other': 1}                  | needs add, append, or value with ifValue or ifAbsent",
                "5                             | is not a JSON object"
            })
    void theMessageSaysWhatTheFunctionHas(String body, String reason) {
        BadRequest refusal = assertThrows(BadRequest.class, () -> parse(body.replace('\'', '"')));
        assertTrue(refusal.getMessage().startsWith("the function " + reason), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith(". Nothing was applied"), refusal.getMessage());
    }

    @Test
    void aValueIsNoLongerThanValuesMayBe() {
        assertEquals(
                413,
                assertThrows(BadRequest.class, () -> parse("{\"append\": \"123456789\"}"))
                        .status());
    }
}
