/**
 * Judges the numbers of each message before anything uses them. {@link io.quorate.common.plausibility.Plausibility} has
 * the limits, and the one entry.
 */
package io.quorate.common.plausibility;
