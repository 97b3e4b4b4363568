/**
 * Which request goes where. The table of routes lists the methods, the path, the content and the handler of every
 * resource. It is the source of every 404, of every 405 with its {@code Allow}, and of the 415 for an encoded body. A
 * test compares it with {@code openapi.yaml}.
 */
package io.quorate.coordinator.api.route;
