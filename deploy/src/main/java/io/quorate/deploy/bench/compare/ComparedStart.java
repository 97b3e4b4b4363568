package io.quorate.deploy.bench.compare;

/**
 * How one system came back after SIGKILL.
 *
 * @param killed what was killed
 * @param readyMs from the start of the processes until all nodes answer
 * @param earlyPerS operations a second from the fifth second after that on, for a short time
 */
record ComparedStart(String killed, String system, double readyMs, double earlyPerS) {}
