/**
 * HTTP: requests in, {@link io.quorate.coordinator.operation.Outcome}s out as status, headers and JSON. In reading order:
 * {@link io.quorate.coordinator.api.HttpApi} routes; {@link io.quorate.coordinator.api.kv.KeyValueRoutes} is
 * {@code /v1/kv}; {@link io.quorate.coordinator.api.outcome.OutcomeStatus} is the one place where an outcome becomes a status.
 * JSON exists here and nowhere deeper.
 */
package io.quorate.coordinator.api;
