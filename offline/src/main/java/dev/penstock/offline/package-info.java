/**
 * History: features as they were at past moments, and the replay that checks what was served. Reads
 * the lake, asks the room {@code feature}; knows no values of its own.
 */
@NullMarked
package dev.penstock.offline;

import org.jspecify.annotations.NullMarked;
