/** How a request finds its handler: one handler for each kind of request, checked to be complete. */
package io.quorate.node.replica.request;
