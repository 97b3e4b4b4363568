/**
 * The simulated world: time, machines, the network between them, and faults. A {@code SimulatedNode} is a machine. Its
 * {@code SimulatedDisk} and {@code MachineClock} outlive processes. A {@code RunningNode} is what one process runs, and
 * a {@code SimulatedProcess} its timers. A {@code Link} is how one node's coordinator reaches one replica.
 */
package io.quorate.deploy.simulation.world;
