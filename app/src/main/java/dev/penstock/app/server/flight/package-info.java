/** Arrow Flight SQL: queries for programs that know JDBC, ADBC or Flight. */
@NullMarked
package dev.penstock.app.server.flight;

import org.jspecify.annotations.NullMarked;
