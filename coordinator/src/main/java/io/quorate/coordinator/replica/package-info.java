/**
 * A replica as a coordinator sees it. {@link io.quorate.coordinator.replica.ReplicaClient} is the seam to the network.
 * Beside it stand the state of each member and the time that the members' clocks make plausible.
 */
package io.quorate.coordinator.replica;
