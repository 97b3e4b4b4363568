/**
 * Simulated clients: they choose what to ask, ask it, and write down what they were told.
 */
package io.quorate.deploy.simulation.client;
