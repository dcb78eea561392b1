package dev.penstock.app.print;

import dev.penstock.platform.command.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Progress in one line that is written over: the stage, how much, how long. The line goes away with
 * {@link #close}, so that only answers stay on the screen.
 */
public final class TerminalProgress implements Progress, AutoCloseable {
  private static final Duration REFRESH = Duration.ofMillis(200);
  private static final String BACK_AND_CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final InstantSource clock;
  private final int width;
  private String stage = "";
  private Instant began;
  private Instant shown;
  private boolean visible;

  public TerminalProgress(PrintWriter err, InstantSource clock, int width) {
    this.err = err;
    this.clock = clock;
    this.width = width;
    this.began = clock.instant();
    this.shown = Instant.MIN;
  }

  @Override
  public synchronized void stage(String name) {
    stage = name;
    began = clock.instant();
    show(name);
  }

  @Override
  public synchronized void done(long done, long total) {
    Instant now = clock.instant();
    if (Duration.between(shown, now).compareTo(REFRESH) < 0) {
      return;
    }
    String amount = String.format(Locale.ROOT, "%,d", done);
    if (total > 0) {
      amount += String.format(Locale.ROOT, " of %,d", total);
    }
    show(stage + "  " + amount + "  " + Duration.between(began, now).toSeconds() + " s");
  }

  @Override
  public synchronized void close() {
    if (visible) {
      err.print(BACK_AND_CLEAR);
      err.flush();
      visible = false;
    }
  }

  private void show(String text) {
    shown = clock.instant();
    visible = true;
    err.print(BACK_AND_CLEAR + (text.length() < width ? text : text.substring(0, width - 1)));
    err.flush();
  }
}
