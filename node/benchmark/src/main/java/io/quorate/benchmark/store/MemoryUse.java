package io.quorate.benchmark.store;

/**
 * The memory of a process that ran a case.
 *
 * @param residentBytes what of the process was in memory at the end, when it was at rest, or -1 if the system does not
 *     report it. The kernel's page cache is not in it
 */
record MemoryUse(MemorySizes sizes, long residentBytes) {
    static final MemoryUse UNKNOWN = new MemoryUse(MemorySizes.UNKNOWN, -1);
}
