/**
 * Directed schedules: what random ones meet too seldom, message by message.
 */
package io.quorate.deploy.simulation.schedule;
