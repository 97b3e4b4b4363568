package io.quorate.coordinator.api.function;

import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.coordinator.operation.function.Add;
import io.quorate.coordinator.operation.function.Add.AbsentNumber;
import io.quorate.coordinator.operation.function.Add.SumBounds;
import io.quorate.coordinator.operation.function.Append;
import io.quorate.coordinator.operation.function.PutIfAbsent;
import io.quorate.coordinator.operation.function.PutIfValue;
import io.quorate.coordinator.operation.function.RegisterFunction;

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
    private static final String ONE_OF_THREE = "write add, append, or value with ifValue or ifAbsent";

    private final FunctionFields fields;
    private final int valueBytesMax;
    private final long expiresAtMs;

    private FunctionBody(FunctionFields fields, int valueBytesMax, long expiresAtMs) {
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
        return new FunctionBody(FunctionFields.read(body), valueBytesMax, expiresAtMs).function();
    }

    private RegisterFunction function() {
        if (fields.has("add")) {
            fields.requireOnly("add", "add", "min", "max", "absent");
            return add();
        }
        if (fields.hasBytes("append")) {
            fields.requireOnly("append", "append", "append64", "contentType");
            return new Append(value("append"), valueBytesMax);
        }
        if (!fields.hasBytes("value")) {
            throw FunctionFields.wrong(ONE_OF_THREE);
        }
        if (fields.has("ifAbsent")) {
            fields.requireOnly("ifAbsent", "value", "value64", "ifAbsent", "contentType");
            if (!fields.text("ifAbsent").orElseThrow().equals("true")) {
                throw FunctionFields.wrong("ifAbsent can only be true");
            }
            return new PutIfAbsent(value("value"));
        }
        if (!fields.hasBytes("ifValue")) {
            throw FunctionFields.wrong(ONE_OF_THREE);
        }
        fields.requireOnly("ifValue", "value", "value64", "ifValue", "ifValue64", "contentType");
        Value expected = Value.of(fields.bytes("ifValue"), Value.DEFAULT_CONTENT_TYPE);
        return new PutIfValue(expected, value("value"));
    }

    private Add add() {
        SumBounds bounds = new SumBounds(number("min", Long.MIN_VALUE), number("max", Long.MAX_VALUE));
        if (bounds.min() > bounds.max()) {
            throw FunctionFields.wrong("min is above max");
        }
        return new Add(number("add", 0), bounds, absent(), expiresAtMs);
    }

    private long number(String name, long otherwise) {
        return fields.text(name)
                .map(text -> Add.number(text)
                        .orElseThrow(() -> FunctionFields.wrong(
                                name + " must be a decimal number of 64 bits with a sign, such as \"-17\"")))
                .orElse(otherwise);
    }

    private AbsentNumber absent() {
        return switch (fields.text("absent").orElse("zero")) {
            case "zero" -> AbsentNumber.ZERO;
            case "refused" -> AbsentNumber.REFUSED;
            default -> throw FunctionFields.wrong("absent must be zero or refused");
        };
    }

    private Value value(String name) {
        byte[] bytes = fields.bytes(name);
        if (bytes.length > valueBytesMax) {
            throw new BadRequest(
                    413,
                    name + " has " + bytes.length + " bytes; valueBytesMax of this cluster allows " + valueBytesMax
                            + ". Nothing was applied");
        }
        String contentType = fields.text("contentType").orElse(Value.DEFAULT_CONTENT_TYPE);
        if (!RequestBody.isContentType(contentType)) {
            throw FunctionFields.wrong(
                    "contentType must be 1 to " + Value.CONTENT_TYPE_BYTES_MAX + " printable ASCII characters");
        }
        return Value.of(bytes, contentType, expiresAtMs);
    }
}
