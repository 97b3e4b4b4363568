/**
 * Whole clusters on one thread, from one seed: the real coordinators, replicas and stores over the crash disk, with
 * frames that are really encoded, under a scheduler that decides what happens next. Faults strike at any moment and all
 * at once; judges look at every message and every store after each step.
 * {@link io.quorate.deploy.simulation.Simulation} is one run.
 */
package io.quorate.deploy.simulation;
