/** Pages of a range of keys. Each key of a page, and each absence, is as linearizable as a read of that key. */
package io.quorate.coordinator.operation.scan;
