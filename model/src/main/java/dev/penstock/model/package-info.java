/** Models: training, scoring, evaluation, and the decision which one serves. */
@NullMarked
package dev.penstock.model;

import org.jspecify.annotations.NullMarked;
