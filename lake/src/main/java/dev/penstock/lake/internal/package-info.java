/** How tables are kept in Iceberg. */
@NullMarked
package dev.penstock.lake.internal;

import org.jspecify.annotations.NullMarked;
