/**
 * What a project says: its definitions as they are written, each with its place, and the graph they
 * make. Nothing here compiles SQL or touches data.
 */
@NullMarked
package dev.penstock.platform.definition;

import org.jspecify.annotations.NullMarked;
