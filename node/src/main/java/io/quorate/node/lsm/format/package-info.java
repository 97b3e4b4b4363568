/**
 * What all files of the store have in common: how they are named, the header that each begins with, and the cursor by
 * which sorted entries are walked wherever they come from.
 */
package io.quorate.node.lsm.format;
