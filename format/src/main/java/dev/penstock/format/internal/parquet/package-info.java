/**
 * Parquet without Parquet-Java's file reader and writer: those work row by row and cannot be loaded
 * without Hadoop. Only the Thrift structures of the format are theirs, and the decoders of
 * encodings that are rare. See the specification in apache/parquet-format.
 */
@NullMarked
package dev.penstock.format.internal.parquet;

import org.jspecify.annotations.NullMarked;
