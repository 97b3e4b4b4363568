/**
 * HTTP from the client's side, for commands: which endpoints there are, which of them to pass over, and what may be
 * concluded when no answer comes. A request that changes something is sent to a second endpoint only if the first cannot
 * have seen it.
 */
package io.quorate.deploy.client;
