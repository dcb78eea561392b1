/** Answers as text, JSON and HTML; progress on a terminal. */
@NullMarked
package dev.penstock.app.print;

import org.jspecify.annotations.NullMarked;
