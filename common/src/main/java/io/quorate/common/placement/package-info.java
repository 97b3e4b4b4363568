/** Which nodes hold a key, and in which order a coordinator thinks of them. */
package io.quorate.common.placement;
