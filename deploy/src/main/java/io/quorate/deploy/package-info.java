/**
 * The command {@code quorate}, and the two processes it can become: {@link io.quorate.deploy.NodeProcess}, a replica and
 * a coordinator in one, and {@link io.quorate.deploy.CoordinatorProcess}, a coordinator alone. Only this module sees both
 * sides, so only here are they put together.
 */
package io.quorate.deploy;
