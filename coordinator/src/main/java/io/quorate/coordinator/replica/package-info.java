/**
 * A replica as a coordinator sees it: the seam to the network, what is known of each member, and the time that the
 * members' clocks make plausible.
 */
package io.quorate.coordinator.replica;
