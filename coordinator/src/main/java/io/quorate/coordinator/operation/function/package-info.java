/**
 * What a write makes of the value that it meets. A function, such as "add 5", is judged at its place in the order of
 * the writes of its key. So a client need not read the value first. All of it is pure.
 */
package io.quorate.coordinator.operation.function;
