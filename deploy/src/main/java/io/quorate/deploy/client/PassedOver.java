package io.quorate.deploy.client;

import io.quorate.deploy.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * The endpoints that were asked in vain, and what is to be said if no other one takes the request.
 *
 * @param <T> what came of an endpoint
 */
final class PassedOver<T> {
    private final List<String> noNode = new ArrayList<>();
    private T refusal;
    private T stranger;
    private boolean isAnySilent;

    /**
     * It answered, and the request may go on to another.
     *
     * @param head of what came
     */
    void answered(Endpoint endpoint, T came, Answer head) {
        if (head.isOfNode()) {
            refusal = came;
        } else {
            stranger = came;
            noNode.add(endpoint + " (answers " + head.status() + ", and is no node)");
        }
    }

    void failed(Endpoint endpoint, Throwable cause) {
        isAnySilent = true;
        noNode.add(endpoint + " (" + SendFailure.text(cause) + ")");
    }

    /**
     * What decides: the last refusal of a node, or the last answer of another server if all answered.
     *
     * @throws CommandFailure if neither does
     */
    T last() {
        if (refusal != null) {
            return refusal;
        }
        if (!isAnySilent && stranger != null) {
            return stranger;
        }
        throw CommandFailure.refused("no endpoint answers: " + String.join(", ", noNode)
                + "; nothing was changed. Start a cluster with 'quorate cluster start', or name its addresses with"
                + " --endpoint");
    }
}
