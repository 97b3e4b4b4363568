package io.quorate.deploy.checkpoint;

import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.Refusal;
import io.quorate.deploy.client.option.EndpointsOption;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sends a request to each endpoint about the node there, in turn. One that fails does not keep it from the next. */
record EachNode(EndpointsOption endpoints, PrintWriter err) {
    /**
     * Returns the exit code: of the last failure, or of success.
     *
     * @param call for a node's id
     * @param show called with each answer of success
     */
    int ask(Function<String, Call> call, Consumer<Answer> show) {
        int code = ExitCode.SUCCESS;
        for (Endpoint endpoint : endpoints.endpoints()) {
            try (ClusterClient client = new ClusterClient(List.of(endpoint), endpoints.tls(), endpoints.token())) {
                show.accept(sent(client, call.apply(idOf(client))));
            } catch (CommandFailure e) {
                err.println("quorate: " + e.getMessage());
                code = e.exitCode();
            }
        }
        return code;
    }

    /** Only the node itself answers for its checkpoints. */
    private static String idOf(ClusterClient client) {
        Call call = Call.get("/v1/cluster");
        return sent(client, call).json().path("coordinator").asText();
    }

    private static Answer sent(ClusterClient client, Call call) {
        Answer answer = client.send(call);
        if (!answer.isSuccess()) {
            throw Refusal.of(answer, call);
        }
        return answer;
    }
}
