/**
 * Writes with an idempotency key. Every attempt takes the key's consensus, and replicas keep a trace of the request. So
 * a write has its effect once, even if a client sends it again.
 */
package io.quorate.coordinator.operation.idempotency;
