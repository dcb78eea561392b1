package dev.penstock.data;

/** A named, typed column of a {@link Schema}. */
public record Field(String name, Type type, boolean nullable) {
  public Field {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a field needs a name");
    }
  }

  public static Field of(String name, Type type) {
    return new Field(name, type, true);
  }

  public static Field required(String name, Type type) {
    return new Field(name, type, false);
  }

  @Override
  public String toString() {
    return name + " " + type + (nullable ? "" : " not null");
  }
}
