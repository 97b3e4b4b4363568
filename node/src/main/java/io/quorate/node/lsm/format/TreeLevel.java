package io.quorate.node.lsm.format;

/**
 * The numbers of the tree's levels, as manifests and tables store them.
 *
 * <pre>
 * 0        tables may overlap: flushes write here
 * 1 to 5   tables of one level do not overlap; levels may be empty
 * 6        the bottom: no overlap, and most of the data
 * </pre>
 */
public final class TreeLevel {
    /** The last level. Target sizes grow from here upwards. */
    public static final int BOTTOM = 6;

    public static final int COUNT = BOTTOM + 1;

    private TreeLevel() {}
}
