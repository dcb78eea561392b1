/** How the values of features are computed. Nothing here is for other rooms. */
@NullMarked
package dev.penstock.feature.internal;

import org.jspecify.annotations.NullMarked;
