package dev.penstock.lake;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Which state of a table is meant. */
public sealed interface Ref {
  /** What is published now. */
  record Current() implements Ref {
    @Override
    public String toString() {
      return "rows";
    }
  }

  record Snapshot(long id) implements Ref {
    @Override
    public String toString() {
      return "snapshot " + id;
    }
  }

  record Tag(String name) implements Ref {
    @Override
    public String toString() {
      return "tag '" + name + "'";
    }
  }

  record Branch(String name) implements Ref {
    @Override
    public String toString() {
      return "branch '" + name + "'";
    }
  }

  /** What was published at this moment, in microseconds UTC; Iceberg keeps milliseconds. */
  record AsOf(long micros) implements Ref {
    @Override
    public String toString() {
      return "state of " + Instant.EPOCH.plus(micros, ChronoUnit.MICROS) + " any more, or yet";
    }
  }

  /** The table before anything was written to it. */
  record Empty() implements Ref {
    @Override
    public String toString() {
      return "rows";
    }
  }

  static Ref empty() {
    return new Empty();
  }

  static Ref current() {
    return new Current();
  }

  static Ref snapshot(long id) {
    return new Snapshot(id);
  }

  static Ref tag(String name) {
    return new Tag(name);
  }

  static Ref branch(String name) {
    return new Branch(name);
  }

  static Ref asOf(long micros) {
    return new AsOf(micros);
  }
}
