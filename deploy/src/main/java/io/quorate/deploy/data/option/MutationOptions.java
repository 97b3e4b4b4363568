package io.quorate.deploy.data.option;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.client.Payload;
import io.quorate.deploy.client.Refusal;
import io.quorate.deploy.data.output.Explanation;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.Terminal;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of all commands that change a key. It sends the change and prints its outcome. */
public final class MutationOptions {
    @Mixin
    private KeyArgument key;

    @Mixin
    private RequestOptions request;

    @Mixin
    private ConsistencyOptions terms;

    @Option(
            names = "--idempotency-key",
            paramLabel = "TEXT",
            description = "sent twice with the same one, the change takes effect once; 1 to 255 printable characters")
    private String idempotencyKey;

    @Option(names = "--explain", description = "show every message between the nodes that the change took")
    private boolean explain;

    /** A change of the key. */
    public Call change(String method, QueryString query, Optional<Payload> body) {
        query.withIf(explain, "explain", 1);
        terms.addTo(query, request.timeout());
        Call call = terms.limitTime(Call.change(method, key.path() + query, body, ifUnknown()), request.timeout());
        return idempotencyKey == null ? call : call.with("Idempotency-Key", checked(idempotencyKey));
    }

    /** A change by a function of the value. */
    public Call function(QueryString query, ObjectNode function) {
        return change("PATCH", query, Optional.of(new Payload.Text(function.toString())))
                .with("Content-Type", "application/json");
    }

    /** Sends the change and prints its outcome. */
    public int run(Call call, CommandSpec spec) {
        PrintWriter out = spec.commandLine().getOut();
        request.send(call, out, spec.commandLine().getErr()).ifPresent(answer -> show(answer, call, out));
        return ExitCode.SUCCESS;
    }

    private void show(Answer answer, Call call, PrintWriter out) {
        if (!answer.isSuccess()) {
            throw Refusal.of(answer, call);
        }
        if (call.method().equals("PATCH")) {
            showFunction(answer, out);
            return;
        }
        if (request.isJson()) {
            out.println(JsonText.indented(explain ? answer.json() : json(key.key(), call, answer)));
            return;
        }
        out.println(outcome(call, answer) + "  " + answer.version().orElse("-"));
        if (explain) {
            showEvidence(answer.json(), out);
        }
    }

    /** The sum of an add comes first, for scripts. */
    private void showFunction(Answer answer, PrintWriter out) {
        JsonNode body = answer.json();
        if (request.isJson()) {
            out.println(JsonText.indented(body));
            return;
        }
        String sum = body.has("value") ? body.path("value").asText() + "  " : "";
        String outcome = body.path("created").asBoolean() ? "created" : "changed";
        out.println(sum + outcome + "  " + body.path("version").asText());
        if (explain) {
            showEvidence(body, out);
        }
    }

    private static void showEvidence(JsonNode body, PrintWriter out) {
        int columns = Terminal.current().outColumns();
        new Explanation(body.path("evidence")).lines(columns).forEach(out::println);
    }

    private static String outcome(Call call, Answer answer) {
        if (call.method().equals("DELETE")) {
            return "deleted";
        }
        return answer.status() == 201 ? "created" : "replaced";
    }

    private static ObjectNode json(Key key, Call call, Answer answer) {
        ObjectNode node = JsonText.object();
        JsonText.putBytes(node, "key", key.bytes());
        node.put("outcome", outcome(call, answer));
        answer.version().ifPresent(version -> node.put("version", version));
        answer.header("Quorate-Expires-At").ifPresent(at -> node.put("expiresAt", at));
        answer.header("Quorate-Evidence").ifPresent(evidence -> node.put("evidence", evidence));
        return node;
    }

    private String ifUnknown() {
        return idempotencyKey == null
                ? "Read the key before you send it again: " + key.getCommand()
                : "Send the same again with the same --idempotency-key, through any node: it takes effect once";
    }

    private static String checked(String idempotencyKey) {
        boolean printable = idempotencyKey.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!printable || idempotencyKey.isEmpty() || idempotencyKey.length() > 255) {
            throw CommandFailure.usage(
                    "--idempotency-key has 1 to 255 printable ASCII characters without spaces; nothing was sent");
        }
        return idempotencyKey;
    }
}
