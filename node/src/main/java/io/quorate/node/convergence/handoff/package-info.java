/**
 * Hinted handoff (Dynamo, SOSP 2007, section 4.6). A replica that applies a write notes, together with it, which other
 * replicas missed it. It sends them their registers when they are back.
 */
package io.quorate.node.convergence.handoff;
