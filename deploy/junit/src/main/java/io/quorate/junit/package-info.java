/**
 * A cluster of real processes for the tests of programs that use Quorate, with the faults of a real one. A test class
 * says {@link io.quorate.junit.QuorateCluster}.
 */
package io.quorate.junit;
