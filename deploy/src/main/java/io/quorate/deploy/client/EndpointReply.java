package io.quorate.deploy.client;

import java.util.Optional;

/**
 * What one endpoint made of a request that all of them got.
 *
 * @param why a few words if there is no answer, or else empty
 * @param hangs whether it took the connection, and then gave no answer in time. So does a process that is stopped
 */
public record EndpointReply(Endpoint endpoint, Optional<Answer> answer, String why, boolean hangs) {
    static EndpointReply of(Endpoint endpoint, Answer answer) {
        return new EndpointReply(endpoint, Optional.of(answer), "", false);
    }

    /** @param why a few words */
    public static EndpointReply silent(Endpoint endpoint, String why) {
        return new EndpointReply(endpoint, Optional.empty(), why, false);
    }

    static EndpointReply failed(Endpoint endpoint, Throwable cause) {
        return new EndpointReply(endpoint, Optional.empty(), SendFailure.text(cause), SendFailure.isOfHanging(cause));
    }
}
