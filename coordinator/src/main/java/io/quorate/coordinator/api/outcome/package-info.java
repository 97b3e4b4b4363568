/**
 * An {@link io.quorate.coordinator.operation.Outcome} over HTTP: its status, its problem, its evidence as a header and
 * as JSON, and the version and expiry that it shows.
 */
package io.quorate.coordinator.api.outcome;
