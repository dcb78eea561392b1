package dev.penstock.platform.command;

/**
 * Hears how far long work has come. Called often and from any thread: implementations are cheap.
 */
public interface Progress {
  Progress SILENT =
      new Progress() {
        @Override
        public void stage(String name) {}

        @Override
        public void done(long done, long total) {}
      };

  /** A new piece of work begins: {@code ingest landings flights-2001-01.parquet}. */
  void stage(String name);

  /** So much of the stage is done; {@code total} is 0 where nobody knows it. */
  void done(long done, long total);
}
