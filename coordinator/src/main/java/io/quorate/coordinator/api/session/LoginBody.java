package io.quorate.coordinator.api.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.JsonFields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads the body of a login, {@code {"token": "qrt_..."}}. No message quotes any of it: it is a secret. */
final class LoginBody {
    private static final int BYTES_MAX = 1_024;

    private static final JsonFactory PARSERS = JsonFields.parsers(2);

    private LoginBody() {}

    /**
     * No HTML form can send this content type, so no form of a foreign page can log somebody in.
     *
     * @param receiver is given the token when the body is whole
     * @throws BadRequest if the body has another content type
     */
    static void read(HttpServerRequest request, Consumer<String> receiver) {
        if (!"application/json".equals(mediaType(request))) {
            throw new BadRequest(415, "the body must be application/json. Nothing was applied");
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= BYTES_MAX) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            // A body that came too slowly is answered before its end.
            if (!request.response().ended()) {
                FailedRequest.guard(request.response(), () -> receiver.accept(parse(body.getBytes())));
            }
        });
    }

    private static String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    static String parse(byte[] body) {
        if (body.length > BYTES_MAX) {
            throw new BadRequest(413, "the body is longer than " + BYTES_MAX + " bytes. Nothing was applied");
        }
        try (JsonParser parser = PARSERS.createParser(body)) {
            boolean isToken = parser.nextToken() == JsonToken.START_OBJECT
                    && parser.nextToken() == JsonToken.FIELD_NAME
                    && parser.currentName().equals("token")
                    && parser.nextToken() == JsonToken.VALUE_STRING;
            String token = isToken ? parser.getText().strip() : "";
            if (!isToken || parser.nextToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw wrong();
            }
            return token;
        } catch (JsonProcessingException e) {
            throw wrong();
        } catch (IOException e) {
            throw new AssertionError("an array of bytes is always readable", e);
        }
    }

    private static BadRequest wrong() {
        return new BadRequest(400, "the body must be {\"token\": \"qrt_...\"} and nothing else. Nothing was applied");
    }
}
