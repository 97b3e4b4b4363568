/**
 * Plain reads and writes: multi-writer ABD (Attiya, Bar-Noy, Dolev, JACM 1995, and Lynch and Shvartsman, FTCS '97).
 * Also the survey, which shows each replica's own copy.
 */
package io.quorate.coordinator.operation.register;
