/**
 * The Iceberg REST catalog, independent of what carries it: a request in, a response out. Foreign
 * engines read every table and write to those that are not Penstock's own.
 */
@NullMarked
package dev.penstock.lake.rest;

import org.jspecify.annotations.NullMarked;
