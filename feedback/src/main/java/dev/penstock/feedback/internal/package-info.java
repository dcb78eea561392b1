/** The report's page: charts drawn as SVG, tables, and the sentences above them. */
@NullMarked
package dev.penstock.feedback.internal;

import org.jspecify.annotations.NullMarked;
