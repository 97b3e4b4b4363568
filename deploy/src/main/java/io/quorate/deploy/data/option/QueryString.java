package io.quorate.deploy.data.option;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.common.text.PercentEncoding;

/** The query string of a request. It has only the parameters that were given. */
public final class QueryString {
    private final StringBuilder text = new StringBuilder();

    QueryString with(String name, byte[] value) {
        text.append(text.isEmpty() ? '?' : '&').append(name).append('=').append(PercentEncoding.query(value));
        return this;
    }

    QueryString with(String name, Object value) {
        return with(name, value.toString().getBytes(UTF_8));
    }

    public QueryString withIf(boolean condition, String name, Object value) {
        return condition ? with(name, value) : this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
