package io.quorate.node.convergence.antientropy;

/** Receives what a replica learns of passes. A pass is known by its number. */
public interface PassListener {
    /** This replica has read no range of the pass yet. */
    void began(long number);

    /** Every holder of every slot took part from begin to end, and all agree. */
    void verifiedAll(long number);
}
