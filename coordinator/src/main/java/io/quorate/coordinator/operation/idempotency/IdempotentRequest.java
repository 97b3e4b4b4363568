package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.RequestId;

/**
 * The identity of a write that a client may send again and that has its effect once (I9).
 *
 * @param request the same for every attempt, at whichever coordinator
 * @param fingerprint of the write's parameters. An attempt with another fingerprint is another write under the same key
 * @param retentionMs for how long it is remembered, from when it is proposed first
 */
public record IdempotentRequest(RequestId request, long fingerprint, long retentionMs) {}
