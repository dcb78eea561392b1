/**
 * The lakehouse: Iceberg tables with snapshots, branches and tags, and one scan that resolves them.
 * The only room that imports Iceberg.
 */
@NullMarked
package dev.penstock.lake;

import org.jspecify.annotations.NullMarked;
