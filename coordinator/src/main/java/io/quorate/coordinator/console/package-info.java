/**
 * What a browser needs to watch a cluster, and what every node serves for it. In reading order:
 * {@link io.quorate.coordinator.console.Pages} is the page itself; {@link io.quorate.coordinator.api.origin.CrossOrigin}
 * lets it go on with the other members when the node that it came from dies;
 * {@link io.quorate.coordinator.console.RequestWatch} sees each operation end and picks those to show;
 * {@link io.quorate.coordinator.console.EventStreams} carries them, and the state of the cluster, to the browsers.
 * {@link io.quorate.coordinator.console.Console} is what the event loops of a process share of it.
 */
package io.quorate.coordinator.console;
