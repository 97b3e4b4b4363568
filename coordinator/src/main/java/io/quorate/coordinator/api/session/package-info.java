/**
 * {@code /v1/session}: how a browser logs in with a token, learns who it is and what it may do, and logs out.
 * {@link io.quorate.coordinator.api.session.SessionRoutes} has the three requests. What a session is, and how long it
 * lasts, is in {@link io.quorate.coordinator.api.access.Login}.
 */
package io.quorate.coordinator.api.session;
