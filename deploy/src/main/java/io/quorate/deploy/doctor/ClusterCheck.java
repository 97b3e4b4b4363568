package io.quorate.deploy.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.EndpointReply;
import io.quorate.deploy.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks all processes of a cluster how they see it, and compares. The named endpoints come first, then the members that
 * their answers list.
 */
final class ClusterCheck {
    /** A process that is well answers after a second at the latest, since it waits so long for its peers. */
    private static final long ANSWER_MS = 1_500;

    private final List<Endpoint> endpoints;
    private final ClientTls tls;
    private final ClientToken token;
    private final boolean isExpected;
    private final List<MemberView> views = new ArrayList<>();
    private final List<EndpointReply> silent = new ArrayList<>();
    private final List<Diagnosis> findings = new ArrayList<>();

    /** @param isExpected whether the user named these endpoints, so that a cluster must answer there */
    ClusterCheck(List<Endpoint> endpoints, ClientTls tls, ClientToken token, boolean isExpected) {
        this.endpoints = endpoints;
        this.tls = tls;
        this.token = token;
        this.isExpected = isExpected;
    }

    List<Diagnosis> run() {
        ask(endpoints);
        if (views.isEmpty()) {
            findings.add(noAnswer());
            return findings;
        }
        ask(furtherMembers());
        views.sort(Comparator.comparing(MemberView::of));
        ClusterViews all = new ClusterViews(views, silent);
        findings.addAll(new ConfigurationCheck(all).run());
        findings.addAll(new NetworkCheck(all).run());
        findings.addAll(new ClockCheck(all).run());
        findings.addAll(new NodesCheck(all).run());
        findings.addAll(new OptionsCheck(answers("/v1/configuration")).run());
        views.forEach(view -> findings.add(answer(view))); // that it refuses requests is an effect of the above
        new ForgettingCheck(convergence()).run().ifPresent(findings::add);
        findings.addAll(unknownEndpoints(all));
        findings.add(new ServiceCheck(all).run());
        return findings;
    }

    private void ask(List<Endpoint> those) {
        if (those.isEmpty()) {
            return;
        }
        try (ClusterClient client = new ClusterClient(those, tls, token)) {
            client.askAll(Call.get("/v1/cluster").answeredWithin(ANSWER_MS)).forEach(this::take);
        }
    }

    /** What the nodes say of deletes that answer. A coordinator without a replica says nothing. */
    private List<JsonNode> convergence() {
        List<JsonNode> statuses = new ArrayList<>();
        try {
            for (EndpointReply reply : answers("/v1/convergence")) {
                reply.answer()
                        .filter(answer -> answer.status() == 200)
                        .map(Answer::json)
                        .filter(status -> status.has("forgetting"))
                        .ifPresent(statuses::add);
            }
        } catch (CommandFailure e) {
            findings.add(Diagnosis.warning("deletes", "not known: " + e.getMessage(), "see the log of the nodes"));
        }
        return statuses;
    }

    /** Of the processes whose view is known. */
    private List<EndpointReply> answers(String path) {
        List<Endpoint> answering = views.stream().map(MemberView::endpoint).toList();
        try (ClusterClient client = new ClusterClient(answering, tls, token)) {
            return client.askAll(Call.get(path).answeredWithin(ANSWER_MS));
        }
    }

    private void take(EndpointReply reply) {
        try {
            Optional<JsonNode> cluster = reply.answer().map(Answer::json);
            if (cluster.filter(body -> body.has("coordinator")).isPresent()) {
                views.add(new MemberView(reply.endpoint(), cluster.get()));
            } else {
                silent.add(
                        cluster.isEmpty()
                                ? reply
                                : EndpointReply.silent(
                                        reply.endpoint(), noView(reply.answer().get(), cluster.get())));
            }
        } catch (CommandFailure e) {
            silent.add(EndpointReply.silent(reply.endpoint(), e.getMessage()));
        }
    }

    private static String noView(Answer answer, JsonNode body) {
        return "status " + answer.status() + ": " + body.path("detail").asText("it is no node of Quorate");
    }

    /** The addresses of members that have not answered, and were not asked. */
    private List<Endpoint> furtherMembers() {
        Set<String> answered = new TreeSet<>();
        views.forEach(view -> answered.add(view.of()));
        Set<Endpoint> further = new LinkedHashSet<>();
        for (MemberView view : views) {
            for (JsonNode node : view.cluster().path("nodes")) {
                if (node.has("http") && !answered.contains(node.path("id").asText())) {
                    Endpoint address = Endpoint.parse(node.path("http").asText());
                    further.add(view.endpoint().tls() ? address.withTls() : address);
                }
            }
        }
        further.removeIf(
                address -> silent.stream().anyMatch(failed -> failed.endpoint().leadsTo(address)));
        return List.copyOf(further);
    }

    private static Diagnosis answer(MemberView view) {
        JsonNode cluster = view.cluster();
        String subject = "endpoint " + view.endpoint();
        String detail = view.of() + " of cluster " + view.clusterName() + " reaches "
                + cluster.path("voting").asInt() + " of " + view.members().size() + " voting replicas, "
                + cluster.path("quorum").asInt() + " needed";
        return view.servesRequests()
                ? Diagnosis.ok(subject, detail)
                : Diagnosis.warning(subject, detail + ": it refuses reads and writes", "see what comes before");
    }

    private Diagnosis noAnswer() {
        String detail = "no node answers at "
                + Words.and(silent.stream()
                        .map(failed -> failed.endpoint() + " (" + failed.why() + ")")
                        .toList());
        String advice = "start one with 'quorate cluster start', or name its addresses with --endpoint";
        return isExpected ? Diagnosis.problem("cluster", detail, advice) : Diagnosis.warning("cluster", detail, advice);
    }

    /** Named endpoints that are no member's, such as that of a coordinator, or of nothing. */
    private static List<Diagnosis> unknownEndpoints(ClusterViews views) {
        return views.silent().stream()
                .filter(failed -> views.members().stream()
                        .noneMatch(member ->
                                views.silenceOf(member).filter(failed::equals).isPresent()))
                .map(failed -> Diagnosis.warning(
                        "endpoint " + failed.endpoint(),
                        "no answer: " + failed.why(),
                        "see whether a node runs there, and its log"))
                .toList();
    }
}
