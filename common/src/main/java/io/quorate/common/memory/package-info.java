/**
 * The memory that requests may take, counted for the whole process. Whatever can wait is charged to a
 * {@link io.quorate.common.memory.MemoryBudget} before it exists, and given back once it is gone. Each stage of a
 * request charges what it holds itself: at a hand-over the giver gives back first, and the taker charges then, on the
 * same turn of the event loop.
 */
package io.quorate.common.memory;
