/** How SQL text becomes loops over columns: lexer, parser, checker, nodes. */
@NullMarked
package dev.penstock.sql.internal;

import org.jspecify.annotations.NullMarked;
