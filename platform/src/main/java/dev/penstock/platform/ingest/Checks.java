package dev.penstock.platform.ingest;

import dev.penstock.platform.compiled.CompiledCheck;
import dev.penstock.platform.definition.CheckLine;
import dev.penstock.quality.Bound;
import dev.penstock.quality.Check;
import dev.penstock.quality.Measure;
import dev.penstock.quality.Severity;

/** The checks of a definition as the room {@code quality} evaluates them. */
public final class Checks {
  private Checks() {}

  public static Check of(CompiledCheck compiled) {
    CheckLine line = compiled.line();
    return new Check(
        line.text(),
        Measure.valueOf(compiled.measure().name()),
        compiled.argument(),
        new Bound(line.low(), line.lowIncluded(), line.high(), line.highIncluded()),
        line.warnOnly() ? Severity.WARN : Severity.FAIL);
  }
}
