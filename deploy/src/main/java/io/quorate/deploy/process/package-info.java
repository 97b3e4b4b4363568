/**
 * What a running server is made of: the one place that sees both the replica and the coordinator and puts them together.
 * {@code quorate node} is a {@link io.quorate.deploy.process.ReplicaHost} and the
 * {@link io.quorate.deploy.process.CoordinatorVerticle}s; {@code quorate coordinator} is the latter alone.
 */
package io.quorate.deploy.process;
