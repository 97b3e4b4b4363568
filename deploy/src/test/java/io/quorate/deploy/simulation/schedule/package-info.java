/**
 * Schedules: what happens in a run. Random ones come from a seed. A directed schedule plays one story, message by
 * message. Random ones meet such a story too seldom. Directed schedules play on a {@code Stage} of three nodes where
 * nothing else goes wrong.
 */
package io.quorate.deploy.simulation.schedule;
