/** Starts the processes of a local cluster, waits until they are ready and sends them signals. */
package io.quorate.deploy.local.process;
