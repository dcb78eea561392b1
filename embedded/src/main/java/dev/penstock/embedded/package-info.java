/**
 * Log and online store of one process on one RocksDB: an append to the log, the state of all views,
 * ids and positions go to disk in one atomic, synced write.
 */
@NullMarked
package dev.penstock.embedded;

import org.jspecify.annotations.NullMarked;
