package dev.penstock.lake;

/** Which state of a table is meant. */
public sealed interface Ref {
  /** What is published now. */
  record Current() implements Ref {}

  record Snapshot(long id) implements Ref {}

  record Tag(String name) implements Ref {}

  record Branch(String name) implements Ref {}

  /** What was published at this moment, in microseconds UTC; Iceberg keeps milliseconds. */
  record AsOf(long micros) implements Ref {}

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
