/**
 * {@code quorate bench compare}: Quorate beside etcd, on one machine and in turns. Both get the same load by the same
 * generator. The cluster that waits for its turn runs on, and takes next to no processor.
 */
package io.quorate.deploy.bench.compare;
