package io.quorate.deploy.doctor;

import static io.quorate.deploy.doctor.Words.and;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.EndpointReply;
import io.quorate.deploy.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Whether all processes run with the same options, rules and build, and in which way their machines differ. */
final class OptionsCheck {
    private static final String SUBJECT = "configuration";
    private static final int MIB = 1 << 20;

    /** Options that say which process it is, and where its files are. */
    static final Set<String> OF_ONE_PROCESS = Set.of(
            "nodeId",
            "httpHost",
            "httpPort",
            "adminPort",
            "peerHost",
            "peerPort",
            "dataDirectory",
            "tlsCertificate",
            "tlsKey",
            "tlsCa",
            "accessFile",
            "auditFile",
            "faultsFile");

    /** {@link ForgettingCheck} compares it, and knows what comes of it. */
    static final String COMPARED_ELSEWHERE = "purgeQuietMs";

    private static final List<String> OF_THE_PROCESS = List.of("build", "javaVersion", "accessRules");

    private static final String DERIVED = "derived";

    private final Differences configurations = new Differences();
    private final Differences machines = new Differences();
    private final List<String> compared = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /** @param replies to {@code GET /v1/configuration} */
    OptionsCheck(List<EndpointReply> replies) {
        replies.forEach(this::take);
    }

    List<Diagnosis> run() {
        List<Diagnosis> findings = new ArrayList<>();
        findings.add(configurations());
        List<String> different = machines.words();
        if (!different.isEmpty()) {
            // No warning: machines may differ, and a warning for ever would hide the others.
            findings.add(Diagnosis.ok(
                    "machines",
                    String.join("; ", different) + ". What a process takes at a time follows from its own machine"));
        }
        return findings;
    }

    private Diagnosis configurations() {
        List<String> different = configurations.words();
        if (!different.isEmpty()) {
            return Diagnosis.warning(
                    SUBJECT,
                    "the processes do not run alike: " + String.join("; ", different),
                    "give all of them the same options and build, unless they differ on purpose. GET"
                            + " /v1/configuration shows with what a process runs");
        }
        if (!unknown.isEmpty()) {
            return Diagnosis.warning(
                    SUBJECT,
                    "not compared, since it is not known of " + String.join(", ", unknown),
                    "use a token with the grant 'admin', and the same build everywhere");
        }
        return Diagnosis.ok(
                SUBJECT,
                compared.size() == 1
                        ? "only " + and(compared) + " answers: there is nothing to compare"
                        : and(compared) + " have the same options and build");
    }

    private void take(EndpointReply reply) {
        try {
            Optional<JsonNode> body =
                    reply.answer().filter(answer -> answer.status() == 200).map(Answer::json);
            body.ifPresentOrElse(this::compare, () -> unknown.add(reply.endpoint() + " (" + why(reply) + ")"));
        } catch (CommandFailure e) {
            unknown.add(reply.endpoint() + " (" + e.getMessage() + ")");
        }
    }

    private static String why(EndpointReply reply) {
        return reply.answer().map(answer -> "status " + answer.status()).orElse(reply.why());
    }

    private void compare(JsonNode process) {
        String id = process.path("coordinator").asText();
        compared.add(id);
        OF_THE_PROCESS.stream()
                .filter(process::has)
                .forEach(name -> configurations.note(name, text(process.get(name)), id));
        Set<String> derived = StreamSupport.stream(process.path(DERIVED).spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        process.path("options").properties().stream()
                .filter(option -> !OF_ONE_PROCESS.contains(option.getKey()))
                .filter(option -> !option.getKey().equals(COMPARED_ELSEWHERE))
                .forEach(option -> configurations.note(
                        option.getKey(), derived.contains(option.getKey()) ? DERIVED : text(option.getValue()), id));
        compareMachine(process, id);
    }

    private void compareMachine(JsonNode process, String id) {
        machines.note("the heap", process.path("heapBytes").asLong() / MIB + " MiB", id);
        machines.note("memory outside the heap", process.path("directBytes").asLong() / MIB + " MiB", id);
        machines.note("the number of cores", process.path("processors").asText(), id);
    }

    /** The order of a list does not matter in any option. */
    private static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(OptionsCheck::text)
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
        if (value.isObject()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(OptionsCheck::text)
                    .collect(Collectors.joining(" "));
        }
        return value.isNull() ? "none" : value.asText();
    }
}
