package dev.penstock.data;

/** Where something is written: a file and, when known (above 0), its line and column. */
public record Place(String file, int line, int column) {
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  public Place offset(int lines, int columns) {
    return lines == 0
        ? new Place(file, line, column + columns)
        : new Place(file, line + lines, 1 + columns);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
