package io.quorate.deploy.client;

import io.quorate.deploy.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Sends requests to the first endpoint that takes them. It skips an endpoint without a connection, and one that answers
 * 503 and states that nothing was applied. A read goes on after any failure, and after the answer of a server that is
 * no node. A request that one endpoint may have applied is not sent to another: the caller decides about that. Blocks
 * the calling thread.
 */
public final class ClusterClient implements AutoCloseable {
    private final Exchanges exchanges;
    private final List<Endpoint> endpoints;

    /** For endpoints without TLS, or with an authority that the JDK trusts. */
    public ClusterClient(List<Endpoint> endpoints) {
        this(endpoints, ClientTls.NONE, ClientToken.NONE);
    }

    /** @throws CommandFailure if a file of TLS is missing or wrong */
    public ClusterClient(List<Endpoint> endpoints, ClientTls tls, ClientToken token) {
        this.endpoints = List.copyOf(endpoints);
        this.exchanges = new Exchanges(tls, token);
    }

    /** @throws CommandFailure if no endpoint answers, or if the outcome of a change is unknown */
    public Answer send(Call call) {
        byte[] body = call.body().map(Payload::read).orElse(null);
        return first(call, endpoint -> exchanges.exchange(endpoint, call, body), Optional::of);
    }

    /** Asks all endpoints at once, for requests that change nothing. The replies are in the order of the endpoints. */
    public List<EndpointReply> askAll(Call call) {
        List<CompletableFuture<Answer>> answers = endpoints.stream()
                .map(endpoint -> exchanges.exchange(endpoint, call, null))
                .toList();
        List<EndpointReply> replies = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            replies.add(reply(endpoints.get(i), answers.get(i), 2 * Exchanges.CONNECT_TIMEOUT_MS + call.waitMs()));
        }
        return replies;
    }

    private static EndpointReply reply(Endpoint endpoint, CompletableFuture<Answer> answer, long ms) {
        try {
            return EndpointReply.of(endpoint, get(answer, ms));
        } catch (ExecutionException e) {
            return EndpointReply.failed(endpoint, e.getCause());
        } catch (TimeoutException e) {
            return EndpointReply.failed(endpoint, e);
        } catch (InterruptedException e) {
            throw CommandFailure.refused("interrupted; nothing was changed");
        }
    }

    /** The lines of an answer as they come. For requests that change nothing. */
    public Lines lines(Call call) {
        return first(call, endpoint -> exchanges.open(endpoint, call), Lines::refusal);
    }

    @Override
    public void close() {
        exchanges.close();
    }

    private interface Attempt<T> {
        CompletableFuture<T> at(Endpoint endpoint);
    }

    /** @param head of what came, or empty if that cannot be a refusal */
    private <T> T first(Call call, Attempt<T> attempt, Function<T, Optional<Answer>> head) {
        PassedOver<T> passedOver = new PassedOver<>();
        for (Endpoint endpoint : endpoints) {
            try {
                T came = get(attempt.at(endpoint), 2 * Exchanges.CONNECT_TIMEOUT_MS + call.waitMs());
                Optional<Answer> inVain = head.apply(came).filter(answer -> isPassedOver(answer, call));
                if (inVain.isEmpty()) {
                    return came;
                }
                passedOver.answered(endpoint, came, inVain.get());
            } catch (ExecutionException e) {
                passedOver.failed(endpoint, unlessUnknown(endpoint, e.getCause(), call));
            } catch (TimeoutException e) {
                passedOver.failed(endpoint, unlessUnknown(endpoint, e, call));
            } catch (InterruptedException e) {
                throw call.effect() == CallEffect.CHANGE
                        ? unknown(endpoint, e, call)
                        : CommandFailure.refused("interrupted; nothing was changed");
            }
        }
        return passedOver.last();
    }

    /** Returns the cause of a failure that leaves nothing changed. */
    private static Throwable unlessUnknown(Endpoint endpoint, Throwable cause, Call call) {
        if (call.effect() == CallEffect.CHANGE && !SendFailure.isBeforeSending(cause)) {
            throw unknown(endpoint, cause, call);
        }
        return cause;
    }

    /** Another server, such as a proxy, may have sent a change on to a node. */
    private static boolean isPassedOver(Answer answer, Call call) {
        return answer.isRefusedForNow() || call.effect() == CallEffect.NONE && !answer.isOfNode();
    }

    private static <T> T get(CompletableFuture<T> future, long ms)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(ms, TimeUnit.MILLISECONDS);
    }

    private static CommandFailure unknown(Endpoint endpoint, Throwable cause, Call call) {
        return CommandFailure.unknown("unknown outcome: the request was sent to " + endpoint + ", and no answer came ("
                + SendFailure.text(cause) + "). It may have been applied, or may still be. " + call.ifUnknown());
    }
}
