/**
 * Groups of clients that put a cluster under load at the same time. A group with a {@code Pace} of its own rate is an
 * open loop: requests are due by a schedule, and answers do not change it. Latency counts from the time at which a
 * request was due, so a wait in the client counts too. This avoids coordinated omission. A client with patience gives
 * up in time, and closes its connection as a browser does.
 *
 * <p>One event loop owns all groups. A test drives a group in virtual time, through {@code Connector} and a clock.
 */
package io.quorate.deploy.bench.load;
