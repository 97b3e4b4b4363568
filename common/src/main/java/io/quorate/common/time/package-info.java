/**
 * The seams to time: {@link io.quorate.common.time.Clock}, {@link io.quorate.common.time.Scheduler}, and the hybrid
 * logical clock that mints version timestamps. Nothing about safety depends on what a clock says.
 */
package io.quorate.common.time;
