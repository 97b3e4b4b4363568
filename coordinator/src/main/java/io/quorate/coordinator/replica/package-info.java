/**
 * A replica as a coordinator sees it. {@link io.quorate.coordinator.replica.ReplicaClient} is the seam to the network.
 * The package also has the state of each member, and the time that is plausible by the members' clocks.
 */
package io.quorate.coordinator.replica;
