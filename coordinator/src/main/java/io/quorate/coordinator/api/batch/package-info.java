/**
 * {@code POST /v1/batch}: many operations in one request, not atomic, with a status for each. The whole body is checked
 * before the first operation begins.
 */
package io.quorate.coordinator.api.batch;
