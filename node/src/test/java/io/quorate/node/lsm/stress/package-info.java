/**
 * The store under stress with real threads and files. Tiny memtables and two mergers make everything that can overlap
 * do so. {@code Stress} runs lives of a store one after the other: {@code scripts/stress}, and shortly in every build.
 */
package io.quorate.node.lsm.stress;
