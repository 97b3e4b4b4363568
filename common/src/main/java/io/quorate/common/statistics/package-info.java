/**
 * What a store counts and holds, as {@link io.quorate.common.statistics.StoreFigures}: records by topic, and one table
 * that gives each number its name, unit and description. The wire, the JSON of a node and the metrics are all made from
 * that table.
 */
package io.quorate.common.statistics;
