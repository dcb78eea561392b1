/** How files are read and written. */
@NullMarked
package dev.penstock.format.internal;

import org.jspecify.annotations.NullMarked;
