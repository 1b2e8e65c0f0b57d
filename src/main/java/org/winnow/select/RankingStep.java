package org.winnow.select;

/** What a ranking does, in the order in which it does so; any of these may take a while. */
public enum RankingStep {
    SCREEN("looks for columns, and products of two, that go with the label"),
    PATH("opens one feature after the other"),
    COMPARISON("compares orders on rows that they did not learn from"),
    NETWORK("takes inputs from a network, the least needed first"),
    SPREAD("opens features again by other halves of the rows"),
    SIZES("judges the first one, two, and so on");

    private final String does;

    RankingStep(String does) {
        this.does = does;
    }

    /** What is done, to follow the name of who does it. */
    public String does() {
        return does;
    }
}
