/**
 * The page with which a browser watches a cluster, and the events that every node sends to it. In reading order:
 * {@link io.quorate.coordinator.console.ConsoleFiles} serves the page.
 * {@link io.quorate.coordinator.api.origin.Callers} lets the page use the other members when its node dies.
 * {@link io.quorate.coordinator.console.RequestWatch} sees each operation end and picks those to show.
 * {@link io.quorate.coordinator.console.EventStreams} carries them, and the state of the cluster, to the browsers.
 * {@link io.quorate.coordinator.console.Console} puts these together for a process.
 */
package io.quorate.coordinator.console;
