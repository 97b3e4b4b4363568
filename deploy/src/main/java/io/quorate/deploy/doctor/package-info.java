/**
 * {@code quorate doctor}: what is wrong with this machine, a data directory or a cluster, and what to do about it. One class
 * for each thing that is looked at; it returns findings and throws nothing.
 */
package io.quorate.deploy.doctor;
