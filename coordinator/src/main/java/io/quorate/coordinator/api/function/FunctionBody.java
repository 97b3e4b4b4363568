package io.quorate.coordinator.api.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.JsonFields;
import io.quorate.coordinator.api.http.JsonFields.FieldValues;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.coordinator.operation.function.Add;
import io.quorate.coordinator.operation.function.Add.AbsentNumber;
import io.quorate.coordinator.operation.function.Add.SumBounds;
import io.quorate.coordinator.operation.function.Append;
import io.quorate.coordinator.operation.function.PutIfAbsent;
import io.quorate.coordinator.operation.function.PutIfValue;
import io.quorate.coordinator.operation.function.RegisterFunction;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of a PATCH: exactly one function.
 *
 * <pre>
 * {"add": "5", "min": "0", "max": "100", "absent": "zero"}     all but add may be missing
 * {"append": "text"}                                           or append64
 * {"value": "new", "ifValue": "old"}                           or value64, ifValue64
 * {"value": "new", "ifAbsent": true}                           or value64
 * </pre>
 *
 * Numbers are decimal and have 64 bits with a sign. They may be strings, since JavaScript has 53 bits.
 */
public final class FunctionBody {
    private static final JsonFactory PARSERS = JsonFields.parsers(2);
    private static final Set<String> OF_ADD = Set.of("add", "min", "max", "absent");
    private static final Set<String> OF_APPEND = Set.of("append", "append64", "contentType");
    private static final Set<String> OF_IF_ABSENT = Set.of("value", "value64", "ifAbsent", "contentType");
    private static final Set<String> OF_IF_VALUE = Set.of("value", "value64", "ifValue", "ifValue64", "contentType");
    private static final Set<String> FIELDS = Stream.of(OF_ADD, OF_APPEND, OF_IF_ABSENT, OF_IF_VALUE)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final String ONE_OF_THREE = "needs add, append, or value with ifValue or ifAbsent";

    private final JsonFields fields;
    private final int valueBytesMax;
    private final long expiresAtMs;

    private FunctionBody(JsonFields fields, int valueBytesMax, long expiresAtMs) {
        this.fields = fields;
        this.valueBytesMax = valueBytesMax;
        this.expiresAtMs = expiresAtMs;
    }

    /** How long a body may be: two of the longest values in Base64, and room for the rest. */
    public static int bytesMax(int valueBytesMax) {
        return (int) Math.min(Integer.MAX_VALUE, 3L * valueBytesMax + 4_096);
    }

    /**
     * @param expiresAtMs when the life of the new value ends, or {@link Value#NEVER_EXPIRES} if the request has no ttl
     * @throws BadRequest if it is no function
     */
    public static RegisterFunction parse(byte[] body, int valueBytesMax, long expiresAtMs) {
        try {
            return new FunctionBody(fields(body), valueBytesMax, expiresAtMs).function();
        } catch (BadRequest e) {
            throw new BadRequest(e.status(), "the function " + e.getMessage() + ". Nothing was applied");
        }
    }

    private static JsonFields fields(byte[] body) {
        try (JsonParser parser = PARSERS.createParser(body)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "is not a JSON object");
            JsonFields fields = JsonFields.read(parser, FIELDS, FieldValues.STRINGS_NUMBERS_OR_TRUE);
            require(parser.nextToken() == null, "has something behind its JSON object");
            return fields;
        } catch (JsonProcessingException e) {
            throw wrong("is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new AssertionError("an array of bytes is always readable", e);
        }
    }

    /** The message continues "the function ...". */
    private static BadRequest wrong(String detail) {
        return new BadRequest(400, detail);
    }

    private static void require(boolean isRight, String otherwise) {
        if (!isRight) {
            throw wrong(otherwise);
        }
    }

    private RegisterFunction function() {
        if (fields.text("add").isPresent()) {
            fields.requireOnly(OF_ADD, "add");
            return add();
        }
        if (fields.hasBytes("append")) {
            fields.requireOnly(OF_APPEND, "append");
            return new Append(value("append"), valueBytesMax);
        }
        require(fields.hasBytes("value"), ONE_OF_THREE);
        if (fields.has("ifAbsent")) {
            fields.requireOnly(OF_IF_ABSENT, "ifAbsent");
            require(fields.text("ifAbsent").orElseThrow().equals("true"), "has an ifAbsent that is not true");
            return new PutIfAbsent(value("value"));
        }
        require(fields.hasBytes("ifValue"), ONE_OF_THREE);
        fields.requireOnly(OF_IF_VALUE, "ifValue");
        Value expected = Value.of(fields.bytes("ifValue"), Value.DEFAULT_CONTENT_TYPE);
        return new PutIfValue(expected, value("value"));
    }

    private Add add() {
        SumBounds bounds = new SumBounds(number("min", Long.MIN_VALUE), number("max", Long.MAX_VALUE));
        require(bounds.min() <= bounds.max(), "has a min above its max");
        return new Add(number("add", 0), bounds, absent(), expiresAtMs);
    }

    private long number(String name, long otherwise) {
        return fields.text(name)
                .map(text -> Add.number(text)
                        .orElseThrow(() -> wrong("has " + JsonFields.named(name)
                                + " that is not a decimal number of 64 bits with a sign, such as \"-17\"")))
                .orElse(otherwise);
    }

    private AbsentNumber absent() {
        return switch (fields.text("absent").orElse("zero")) {
            case "zero" -> AbsentNumber.ZERO;
            case "refused" -> AbsentNumber.REFUSED;
            default -> throw wrong("has an absent that is neither zero nor refused");
        };
    }

    private Value value(String name) {
        byte[] bytes = fields.bytes(name);
        if (bytes.length > valueBytesMax) {
            throw new BadRequest(
                    413,
                    "has " + JsonFields.named(name) + " of " + bytes.length
                            + " bytes; valueBytesMax of this cluster allows " + valueBytesMax);
        }
        String contentType = fields.text("contentType").orElse(Value.DEFAULT_CONTENT_TYPE);
        if (!RequestBody.isContentType(contentType)) {
            throw wrong("has a contentType that is not 1 to " + Value.CONTENT_TYPE_BYTES_MAX
                    + " printable ASCII characters");
        }
        return Value.of(bytes, contentType, expiresAtMs);
    }
}
