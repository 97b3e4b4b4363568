/**
 * Whole clusters on one thread, from one seed. The coordinators, replicas and stores are the real ones, over the crash
 * disk, with frames that are really encoded. A scheduler decides what happens next. Faults strike at any moment and all
 * at once. Judges look at every message and every store after each step.
 * {@link io.quorate.deploy.simulation.Simulation} is one run.
 */
package io.quorate.deploy.simulation;
