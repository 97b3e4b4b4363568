/** The nodes that hold a key, in the order in which a coordinator lists them. */
package io.quorate.common.placement;
