/**
 * The composition of a server: the one place that sees both the replica and the coordinator. {@code quorate node} is a
 * {@link io.quorate.deploy.process.ReplicaHost} and a {@link io.quorate.deploy.process.CoordinatorVerticle} for each
 * event loop. {@code quorate coordinator} has the coordinators alone.
 */
package io.quorate.deploy.process;
