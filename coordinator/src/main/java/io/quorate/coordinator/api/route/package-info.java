/**
 * Which request goes where. The table of routes lists the methods, the path, the content and the handler of every
 * resource. All that depends on it is derived from it: 404, 405 with {@code Allow}, 415 for an encoded body, and the
 * test that {@code openapi.yaml} lists the same.
 */
package io.quorate.coordinator.api.route;
