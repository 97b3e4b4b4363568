/**
 * Who may call: the first room that every request enters. A page of another origin may not use this API from a browser.
 */
package io.quorate.coordinator.api.origin;
