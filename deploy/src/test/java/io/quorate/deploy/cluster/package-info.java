/**
 * A cluster of real processes for tests: {@link io.quorate.deploy.cluster.LocalCluster} starts the packaged
 * distribution, and every node can be killed, paused and started again. {@link io.quorate.deploy.cluster.KvClient}
 * talks to them as any client would.
 */
package io.quorate.deploy.cluster;
