package io.quorate.deploy.data.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.client.Payload;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options for the source of a value, its content type and its time to live. */
public final class ValueOptions {
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "the value is the content of this file; - is standard input")
    private String file;

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            defaultValue = "application/octet-stream",
            description = "kept with the value (default: ${DEFAULT-VALUE})")
    private String contentType;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            converter = DurationOption.Converter.class,
            description = "the value expires after this time, such as 30s or 7d; by default it never does")
    private DurationOption ttl;

    /** @param argument as it was given, or null if it was not */
    public Payload payload(String argument, PrintWriter err) {
        if (argument != null && file != null) {
            throw CommandFailure.usage("VALUE and --file exclude each other; nothing was sent");
        }
        if (argument != null && !argument.equals(STANDARD_INPUT)) {
            return new Payload.Text(KeyText.requireReadable("VALUE", argument));
        }
        if (file != null && !file.equals(STANDARD_INPUT)) {
            return new Payload.File(Path.of(file));
        }
        if (Terminal.current().in()) {
            err.println("reading the value from the terminal; Ctrl-D on a line of its own ends it");
        }
        return new Payload.StandardInput();
    }

    public QueryString query() {
        QueryString query = new QueryString();
        return ttl == null ? query : query.with("ttl", ttl.text());
    }

    public String contentType() {
        boolean printable = contentType.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (contentType.isBlank() || !printable) {
            throw CommandFailure.usage("--content-type is made of printable ASCII characters; nothing was sent");
        }
        return contentType;
    }

    /** The function that puts the value in the place of this text, as the API takes it. */
    public ObjectNode replacement(Payload value, String expected) {
        ObjectNode function = JsonText.object();
        JsonText.putBytes(function, "value", value.read());
        return function.put("ifValue", KeyText.requireReadable("--if-value", expected))
                .put("contentType", contentType());
    }
}
