/**
 * Writes with an idempotency key: every attempt takes the key's consensus, and replicas keep a trace of the request, so
 * that a write that is sent again has its effect once.
 */
package io.quorate.coordinator.operation.idempotency;
