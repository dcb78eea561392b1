package dev.penstock.platform.compiled;

import dev.penstock.sql.DuckDb;
import dev.penstock.sql.SqlEngine;
import dev.penstock.sql.SqlLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** One SQL engine for all tests of this room; it starts when a query needs it. */
public final class TestEngine {
  public static final SqlEngine INSTANCE = open();

  private TestEngine() {}

  private static SqlEngine open() {
    try {
      return DuckDb.open(Files.createTempDirectory("penstock-sql"), SqlLimits.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
