/**
 * The simulated world: time, machines, the network between them, and faults. A {@code SimulatedMachine} runs a
 * coordinator. A {@code SimulatedNode} also has a replica, and a {@code SimulatedCoordinator} has none. The disk and
 * the clock of a machine outlive processes. A {@code RunningNode} is what one process of a node runs, and a
 * {@code SimulatedProcess} its timers. A {@code Link} is how a coordinator reaches the replica of another machine.
 */
package io.quorate.deploy.simulation.world;
