/** What a process says in its log beside what its parts say: the requests that were slow, and in which form it speaks. */
package io.quorate.deploy.log;
