/**
 * The words in which replicas compare what they hold: slots, digests of a slot in a range of keys, and the entries
 * behind a digest. Anti-entropy as in Dynamo (DeCandia and others, SOSP 2007, section 4.7), without its trees of
 * hashes.
 */
package io.quorate.common.convergence;
