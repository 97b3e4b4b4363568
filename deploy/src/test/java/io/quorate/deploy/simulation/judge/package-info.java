/**
 * What is judged: the histories of clients, and what replicas show of themselves.
 */
package io.quorate.deploy.simulation.judge;
