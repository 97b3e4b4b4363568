/**
 * Whether this replica's answers count, durably. A replica that cannot know all that it once acknowledged must not be
 * counted: with W acknowledged by {A, B} and forgotten by B, a read of {B, C} would miss W. So a replica whose store is
 * damaged stops voting, and one that was emptied because of that does not vote either.
 */
package io.quorate.node.voting;
