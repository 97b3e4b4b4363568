/**
 * The connections of HTTP clients: how many there may be, and how long one may do nothing. A request that is too slow
 * loses its connection here, so that it holds neither a descriptor nor memory for as long as its client likes.
 */
package io.quorate.coordinator.api.connection;
