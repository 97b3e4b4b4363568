/**
 * {@code quorate doctor}: what is wrong with this machine, a data directory or a cluster, and what to do about it. Each
 * class checks one thing. It returns findings and throws nothing.
 */
package io.quorate.deploy.doctor;
