/**
 * Plain reads and writes: multi-writer ABD (Attiya, Bar-Noy, Dolev, JACM 1995; Lynch and Shvartsman, FTCS '97), and the
 * survey that shows each replica's own copy.
 */
package io.quorate.coordinator.operation.register;
