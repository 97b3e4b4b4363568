/**
 * HTTP from the client's side, for commands: the endpoints, which of them to skip, and what a missing answer means. A
 * change is sent to a second endpoint only if the first cannot have seen it.
 */
package io.quorate.deploy.client;
