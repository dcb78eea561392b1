/** How definitions are compiled: one compiler per kind, over one state. */
@NullMarked
package dev.penstock.platform.internal.compiled;

import org.jspecify.annotations.NullMarked;
