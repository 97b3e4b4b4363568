/** PATCH of one key: a function of its value, as the JSON of a request names it, and the answer. */
package io.quorate.coordinator.api.function;
