/**
 * Idempotency keys: how a client names a request, the fingerprint that distinguishes two requests, and
 * {@code /v1/requests}, which shows the state of one.
 */
package io.quorate.coordinator.api.idempotency;
