/**
 * Clusters of real processes on this machine, to try and to break: {@code quorate cluster} and {@code quorate demo}.
 * The whole state of a cluster is in its folder. Each command finds it there, and so does each node that answers
 * {@code /v1/faults}. So no process has to run all the time:
 *
 * <pre>
 * HOME/layout                    how many nodes, the port before the first one's for HTTP, and for peers: "3 7000 7100"
 * HOME/faults-allowed            exists if the nodes run with fault injection
 * HOME/owner                     process id and start of the "quorate demo" that owns the nodes
 * HOME/lock                      locked while a node is started or faults are changed
 * HOME/n1/node.yaml, node.log    configuration, never overwritten; log
 * HOME/n1/data                   the data directory
 * HOME/n1/initialised            exists if the node was ready once: its data must not be created again
 * HOME/n1/pid                    process id and start of the node's last process
 * HOME/n1/faults.json            its faults, if any; in-effect-faults.json has those in effect
 * </pre>
 */
package io.quorate.deploy.local;
