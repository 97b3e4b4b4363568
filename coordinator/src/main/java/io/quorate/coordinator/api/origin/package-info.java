/** The first room that every request enters. A page of another origin may not change anything here from a browser. */
package io.quorate.coordinator.api.origin;
