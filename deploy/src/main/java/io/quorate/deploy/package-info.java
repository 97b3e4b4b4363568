/**
 * The command {@code quorate} and the two processes that it can become. {@link io.quorate.deploy.NodeCommand} is a
 * replica and a coordinator in one; {@link io.quorate.deploy.CoordinatorCommand} is a coordinator alone. Only this
 * module sees both sides.
 */
package io.quorate.deploy;
