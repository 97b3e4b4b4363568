package io.quorate.deploy.data.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.JsonText;
import picocli.CommandLine.Option;

/** The options for what a sum may be, and how long it lives. */
public final class SumOptions {
    @Option(names = "--min", paramLabel = "N", description = "refuse a sum below this")
    private Long min;

    @Option(names = "--max", paramLabel = "N", description = "refuse a sum above this")
    private Long max;

    @Option(names = "--if-present", description = "refuse if there is no value; otherwise it counts as 0")
    private boolean ifPresent;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            converter = DurationOption.Converter.class,
            description = "the sum expires after this time; by default the value keeps its end")
    private DurationOption ttl;

    public QueryString query() {
        QueryString query = new QueryString();
        return ttl == null ? query : query.with("ttl", ttl.text());
    }

    /** The function as the API takes it. */
    public ObjectNode add(long amount) {
        ObjectNode function = JsonText.object().put("add", Long.toString(amount));
        if (min != null) {
            function.put("min", min.toString());
        }
        if (max != null) {
            function.put("max", max.toString());
        }
        return ifPresent ? function.put("absent", "refused") : function;
    }
}
