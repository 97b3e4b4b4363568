/**
 * The file that says who may do what: reading it with the place of every fault, looking at it again while a process
 * runs, and the commands that change it. {@link io.quorate.coordinator.api.access} enforces it.
 */
package io.quorate.deploy.access;
