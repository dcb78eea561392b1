/** Iceberg tables as other engines write them, for the tests of the rooms that read them. */
@NullMarked
package dev.penstock.foreign;

import org.jspecify.annotations.NullMarked;
