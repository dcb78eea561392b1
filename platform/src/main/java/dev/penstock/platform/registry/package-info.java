/**
 * What was applied, made and decided: the project's memory in one SQLite file. Times come in as
 * microseconds UTC; no clock is read here.
 */
@NullMarked
package dev.penstock.platform.registry;

import org.jspecify.annotations.NullMarked;
