package io.quorate.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.terminal.CommandFailure;
import java.util.Optional;

/** What an answer without success means for the command: refused, or outcome unknown. */
public final class Refusal {
    private Refusal() {}

    public static CommandFailure of(Answer answer, Call call) {
        Optional<JsonNode> problem = answer.problem();
        String detail = problem.map(fields -> fields.path("detail").asText())
                .orElse("the answer has status " + answer.status() + " and no reason; is a node of Quorate there?");
        if (call.effect() == CallEffect.CHANGE && !answer.isProof()) {
            return CommandFailure.unknown("unknown outcome (" + answer.status() + " from " + answer.from() + "): "
                    + detail + ". " + call.ifUnknown());
        }
        return CommandFailure.refused(
                detail + " (" + answer.status() + " from " + answer.from() + ")" + advice(problem));
    }

    private static String advice(Optional<JsonNode> problem) {
        boolean safe = problem.filter(fields -> fields.path("retry").asText().equals("safe"))
                .isPresent();
        boolean forNow =
                problem.filter(fields -> fields.path("status").asInt() != 412).isPresent();
        return safe && forNow ? "; it is safe to send it again" : "";
    }
}
