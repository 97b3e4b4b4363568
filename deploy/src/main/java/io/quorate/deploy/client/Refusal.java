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
        if (isUnknown(answer, problem, call.effect())) {
            return CommandFailure.unknown("unknown outcome (" + answer.status() + " from " + answer.from() + "): "
                    + detail + ". " + call.ifUnknown());
        }
        return CommandFailure.refused(
                detail + " (" + answer.status() + " from " + answer.from() + ")" + advice(problem));
    }

    /** After an error of a server or a proxy, only Quorate's own problem body proves that nothing was applied. */
    private static boolean isUnknown(Answer answer, Optional<JsonNode> problem, CallEffect effect) {
        boolean proven =
                problem.isPresent() ? !problem.get().path("outcome").asText().equals("unknown") : answer.status() < 500;
        return effect == CallEffect.CHANGE && !proven;
    }

    private static String advice(Optional<JsonNode> problem) {
        boolean safe = problem.filter(fields -> fields.path("retry").asText().equals("safe"))
                .isPresent();
        boolean forNow =
                problem.filter(fields -> fields.path("status").asInt() != 412).isPresent();
        return safe && forNow ? "; it is safe to send it again" : "";
    }
}
