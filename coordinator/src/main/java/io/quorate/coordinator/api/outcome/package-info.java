/**
 * How an {@link io.quorate.coordinator.operation.Outcome} reads over HTTP: its status, its evidence as a header and as
 * JSON, the version and the expiry that it shows.
 */
package io.quorate.coordinator.api.outcome;
