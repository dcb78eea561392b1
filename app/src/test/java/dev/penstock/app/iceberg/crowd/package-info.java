/** Many writers on one lake, some of them killed, some without an answer. */
@org.jspecify.annotations.NullMarked
package dev.penstock.app.iceberg.crowd;
