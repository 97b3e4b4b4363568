/**
 * Who may do what. {@link io.quorate.coordinator.api.access.AccessCheck} recognises the caller of a request and judges
 * it by the {@link io.quorate.coordinator.api.access.Requirement} of its route, before the handler runs. A principal
 * has a name and a {@link io.quorate.coordinator.api.access.Grant} for each thing that it may do. They come from
 * {@link io.quorate.coordinator.api.access.AccessRules}, which others may replace at any time. Without rules everybody
 * may do everything.
 */
package io.quorate.coordinator.api.access;
