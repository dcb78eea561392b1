package dev.penstock.feature.internal;

import dev.penstock.data.Span;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.Window;
import java.time.ZoneId;
import java.util.SplittableRandom;

/** Random windows of about a length. */
final class RandomWindow {
  private static final String[] ZONES = {
    "America/New_York",
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
    "UTC"
  };

  private final SplittableRandom random;
  private final long length;

  RandomWindow(SplittableRandom random, long length) {
    this.random = random;
    this.length = length;
  }

  Window next(ChangelogMode changes) {
    Window window = next();
    while (changes == ChangelogMode.RETRACT && window instanceof Window.Stepped) {
      window = next();
    }
    return window;
  }

  private Window next() {
    return switch (random.nextInt(16)) {
      case 0, 1 -> Window.LIFETIME;
      case 2, 3 -> new Window.Stepped(new Span(length), new Span(resolution()));
      case 4, 5 -> new Window.Offset(new Span(length), new Span(1 + random.nextLong(2 * length)));
      case 6, 7, 8 ->
          new Window.Calendar(any(Window.Turn.values()), period(), ZoneId.of(any(ZONES)));
      case 9, 10 -> session();
      case 11 -> lastRows();
      default -> Window.trailing(new Span(length));
    };
  }

  /** One that only its rows and retention bound. */
  Window nextOfRows() {
    return random.nextInt(3) > 0 ? session() : lastRows();
  }

  private Window session() {
    return new Window.Session(new Span(1 + random.nextLong(length)));
  }

  private Window lastRows() {
    return new Window.LastRows(1 + random.nextInt(random.nextBoolean() ? 3 : 60));
  }

  private long resolution() {
    long[] resolutions = {RandomView.SECOND, RandomView.MINUTE, RandomView.HOUR, RandomView.DAY};
    long round = resolutions[random.nextInt(resolutions.length)];
    return round <= length && random.nextInt(4) > 0 ? round : 1 + random.nextLong(length);
  }

  /** The one whose length is nearest, or the next. */
  private Window.Period period() {
    int near = length <= 3 * RandomView.HOUR ? 0 : length <= 3 * RandomView.DAY ? 1 : 2;
    return Window.Period.values()[near + random.nextInt(2)];
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
