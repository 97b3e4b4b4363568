/**
 * The code broken on purpose, one way at a time. The simulation proves something only if it notices each of these
 * {@code Mutants}. The judge of the broken invariant has to be among those that notice.
 */
package io.quorate.deploy.simulation.mutant;
