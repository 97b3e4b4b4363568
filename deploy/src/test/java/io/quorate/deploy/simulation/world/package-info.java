/**
 * The simulated world: time, machines with clocks and disks, the network between them and its faults.
 */
package io.quorate.deploy.simulation.world;
