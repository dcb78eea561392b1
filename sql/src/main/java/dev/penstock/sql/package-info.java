/** SQL text to checked, compiled row expressions; the embedded SQL engine behind an interface. */
@NullMarked
package dev.penstock.sql;

import org.jspecify.annotations.NullMarked;
