/**
 * Who may call this process: the first room that every request enters. It keeps out what only a browser does for a
 * stranger. {@link io.quorate.coordinator.api.origin.HostNames} are against names that were made to point here, and
 * {@link io.quorate.coordinator.api.origin.Origins} against pages from elsewhere. Programs pass.
 */
package io.quorate.coordinator.api.origin;
