/**
 * {@code /v1/kv/{key}}: GET, HEAD, PUT and DELETE of one key, with the preconditions of RFC 9110. A request is first
 * parsed ({@code KeyValueRequest}, {@code WriteRequest}), then run
 * ({@link io.quorate.coordinator.api.kv.KeyValueRoutes}), then answered ({@code ReadAnswer}, {@code WriteAnswer}).
 */
package io.quorate.coordinator.api.kv;
