/**
 * Clusters of real processes on this machine, to try and to break: {@code quorate cluster} and {@code quorate demo}. All
 * that is known of one is in its folder, so that each command, and each node that is asked by {@code /v1/faults}, finds it
 * there and none of them has to run all the time:
 *
 * <pre>
 * HOME/layout                    how many nodes, the port before the first one's for HTTP, and for peers: "3 7000 7100"
 * HOME/faults-allowed            there if faults can be injected into the nodes, which are started for that
 * HOME/owner                     process id and start of the "quorate demo" without which the nodes must not be
 * HOME/lock                      locked while a node is started or faults are changed
 * HOME/n1/node.yaml, node.log    configuration, never overwritten; log
 * HOME/n1/data                   the data directory
 * HOME/n1/initialised            there if the node was ready once: its data must not be made anew
 * HOME/n1/pid                    process id and start of the node's last process
 * HOME/n1/faults.json            its faults, if any; in-effect-faults.json what the running node does of it
 * </pre>
 */
package io.quorate.deploy.local;
