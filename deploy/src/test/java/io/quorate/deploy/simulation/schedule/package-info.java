/**
 * Schedules: what happens in a run. Random ones come from a seed. Directed ones tell one story message by message,
 * which random ones meet too seldom; they play on a {@code Stage} of three nodes where nothing else goes wrong.
 */
package io.quorate.deploy.simulation.schedule;
