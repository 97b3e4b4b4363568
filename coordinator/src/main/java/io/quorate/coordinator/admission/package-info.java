/**
 * How many operations of clients an event loop has in flight. {@link io.quorate.coordinator.admission.ConcurrencyLimit}
 * finds the number from how long operations take. While it is reached, the event loop reads no further requests
 * ({@link io.quorate.common.loop.LoopTurns}).
 */
package io.quorate.coordinator.admission;
