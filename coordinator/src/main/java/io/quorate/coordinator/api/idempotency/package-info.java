/**
 * Idempotency keys: how a client names a request, the fingerprint that tells two requests apart, and
 * {@code /v1/requests}, which says what became of one.
 */
package io.quorate.coordinator.api.idempotency;
