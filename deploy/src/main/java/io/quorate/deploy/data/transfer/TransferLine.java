package io.quorate.deploy.data.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.JsonText;
import java.util.function.Function;

/**
 * A line of an export, without its line break.
 *
 * <pre>
 * {"key": "a", "version": "...", "contentType": "text/plain", "expiresAt": "2026-11-29T15:00:00Z", "value": "1"}
 * {"key64": "AP8=", "version": "...", "value64": "/w=="}      bytes that are not UTF-8, in Base64
 * {"end": true, "keys": 2}                                   the last line of an export that is whole
 * </pre>
 *
 * <p>{@code version} is that of the exported cluster, for readers. An import makes new ones. {@code contentType} and
 * {@code expiresAt} may be missing. Their meanings are those of a scan.
 */
sealed interface TransferLine permits KeyLine, EndLine {
    /** Calls the function for the kind of line that it is. */
    <T> T match(Function<KeyLine, T> ofKey, Function<EndLine, T> ofEnd);

    /** @throws IllegalArgumentException if it is no such line. The message goes on after "line 17" */
    static TransferLine parse(byte[] line) {
        JsonNode fields = JsonText.strict(line);
        if (!fields.isObject()) {
            throw new IllegalArgumentException("is no JSON object");
        }
        return fields.has("end") ? EndLine.of(fields) : KeyLine.of(fields);
    }
}
