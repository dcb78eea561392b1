/** Boosted trees read from XGBoost's own form, and the arithmetic of the tests. */
@NullMarked
package dev.penstock.model.internal;

import org.jspecify.annotations.NullMarked;
