/**
 * Founding: all members agree durably on their list, and on the disk of each. There is no driver. A member that reaches
 * all others proposes the disks that it met. Each member that agrees writes that down and never agrees on others. A
 * member is founded when it durably knows that all agreed.
 */
package io.quorate.node.convergence.founding;
