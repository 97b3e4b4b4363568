/**
 * The code broken on purpose, one way at a time. The simulation proves something only if it notices each of these
 * {@code Mutants}, and if the judge of the invariant that is broken is among those that notice.
 */
package io.quorate.deploy.simulation.mutant;
