package io.quorate.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.terminal.CommandFailure;
import java.util.Optional;

/** What an answer that is no success means for the command: refused, or nobody knows. */
public final class Refusal {
    private Refusal() {}

    public static CommandFailure of(Answer answer, Call call) {
        Optional<JsonNode> problem = answer.problem();
        String detail = problem.map(told -> told.path("detail").asText())
                .orElse("the answer has status " + answer.status() + " and no reason; is a node of Quorate there?");
        if (isUnknown(answer, problem, call.effect())) {
            return CommandFailure.unknown("unknown outcome (" + answer.status() + " from " + answer.from() + "): "
                    + detail + ". " + call.ifUnknown());
        }
        return CommandFailure.refused(
                detail + " (" + answer.status() + " from " + answer.from() + ")" + advice(problem));
    }

    /** Only Quorate itself can vouch for it that a request which met a defect or a proxy was not applied. */
    private static boolean isUnknown(Answer answer, Optional<JsonNode> problem, Effect effect) {
        boolean vouched =
                problem.isPresent() ? !problem.get().path("outcome").asText().equals("unknown") : answer.status() < 500;
        return effect == Effect.CHANGE && !vouched;
    }

    private static String advice(Optional<JsonNode> problem) {
        boolean safe = problem.filter(told -> told.path("retry").asText().equals("safe"))
                .isPresent();
        boolean forNow =
                problem.filter(told -> told.path("status").asInt() != 412).isPresent();
        return safe && forNow ? "; it is safe to send it again" : "";
    }
}
