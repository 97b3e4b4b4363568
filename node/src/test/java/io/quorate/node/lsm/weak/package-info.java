/**
 * A model of memory that is as weak as that of ARM, for classes with one writer and any number of readers. The test
 * compiles such classes with their accesses redirected to {@code WeakMemory}.
 */
package io.quorate.node.lsm.weak;
