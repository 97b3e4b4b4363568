/**
 * {@code /v1/kv/{key}}: GET, HEAD, PUT and DELETE of one key, with the preconditions of RFC 9110.
 */
package io.quorate.coordinator.api.kv;
