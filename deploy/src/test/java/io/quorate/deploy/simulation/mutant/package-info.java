/**
 * The code broken on purpose, one way at a time: the simulation must show each.
 */
package io.quorate.deploy.simulation.mutant;
