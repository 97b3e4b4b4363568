/**
 * HTTP: a request becomes an operation, and the {@link io.quorate.coordinator.operation.Outcome} becomes a status,
 * headers and JSON. In reading order: {@link io.quorate.coordinator.api.HttpApi} has the table of routes.
 * {@link io.quorate.coordinator.api.kv.KeyValueRoutes} is {@code /v1/kv}.
 * {@link io.quorate.coordinator.api.outcome.OutcomeStatus} gives each outcome its status.
 * {@link io.quorate.coordinator.api.outcome.OutcomeAnswer} sends it. JSON exists here and nowhere deeper.
 */
package io.quorate.coordinator.api;
