package io.quorate.deploy.client;

import java.util.Optional;

/**
 * What one endpoint made of a request that all of them got.
 *
 * @param why a few words if there is no answer, or else empty
 */
public record EndpointReply(Endpoint endpoint, Optional<Answer> answer, String why) {}
