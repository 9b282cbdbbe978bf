package org.regionaldoughnut.app.lineage;

/**
 * What a rule said of a table.
 *
 * @param table full name
 * @param rule the rule's short name
 * @param holds whether the table meets it
 */
public record Assertion(String table, String rule, boolean holds) {}
