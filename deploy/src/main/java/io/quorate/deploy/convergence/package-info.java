/** What joins anti-entropy, which belongs to the node, with the coordinator's view of replicas and its reads. */
package io.quorate.deploy.convergence;
