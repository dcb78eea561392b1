/** The store's layout and the thread that writes it. */
@NullMarked
package dev.penstock.embedded.internal;

import org.jspecify.annotations.NullMarked;
