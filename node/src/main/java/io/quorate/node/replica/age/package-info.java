/**
 * The numbers of a replica that forgetting deletes needs: how many rounds it knows of, its fence, its floors and its
 * floor of ballots. They never fall, across crashes too (I5).
 */
package io.quorate.node.replica.age;
