/**
 * Whether this replica's answers count, durably. A replica that may have forgotten what it acknowledged must not count
 * (I10). Say that {A, B} acknowledged W, and B forgot it. Then a read of {B, C} would miss W. So a replica with a
 * damaged store stops voting. One that was emptied because of that does not vote either.
 */
package io.quorate.node.voting;
