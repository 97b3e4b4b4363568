/**
 * HTTP without any operation of ours: parameters, bodies, problems (RFC 9457), JSON, request ids and trace context. It
 * depends on no route.
 */
package io.quorate.coordinator.api.http;
