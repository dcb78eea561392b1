package dev.penstock.platform.definition;

import dev.penstock.data.Place;

/** A SQL expression with a name: a computed column, a row rule, an on-demand feature. */
public record ExpressionLine(String name, Written expression, Place place) {}
