/**
 * Which thread owns an object. The code has few locks: an object belongs to one thread, and
 * {@link io.quorate.common.thread.OwnerThread} checks that no other thread uses it.
 */
package io.quorate.common.thread;
