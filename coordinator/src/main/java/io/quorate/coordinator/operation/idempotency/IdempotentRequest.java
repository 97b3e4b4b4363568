package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.RequestId;

/**
 * What makes a write one that may be sent again and has its effect once (I9).
 *
 * @param request the same for every attempt, at whichever coordinator
 * @param fingerprint of what is asked for; an attempt with another one is another write under the same key
 * @param retentionMs for how long it is remembered, from when it is proposed first
 */
public record IdempotentRequest(RequestId request, long fingerprint, long retentionMs) {}
