package dev.penstock.format.internal.text;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the type of one column can still be after the values seen so far. */
final class ColumnGuess {
  /** The narrower types before those that hold their values too. */
  private static final List<Scalar> CANDIDATES =
      List.of(
          Scalar.BOOLEAN,
          Scalar.INT64,
          Scalar.FLOAT64,
          Scalar.DATE,
          Scalar.LOCAL_TIMESTAMP,
          Scalar.TIMESTAMP);

  private static final int MOST_INTEGER_DIGITS = 18;

  private final Set<Scalar> possible = EnumSet.copyOf(CANDIDATES);
  private final List<TextColumn> parsers = new ArrayList<>();
  private int values;
  private boolean nulls;
  private boolean nested;
  private boolean plain;

  /** The length of the vectors seen: −1 before the first, 0 when they differ. */
  private int vectorLength = -1;

  ColumnGuess() {
    CANDIDATES.forEach(type -> parsers.add(new TextColumn(Field.of("guess", type))));
  }

  /** A value of a file without types. */
  void text(@Nullable String text) {
    if (text == null) {
      nulls = true;
      return;
    }
    values++;
    plain = true;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < parsers.size(); i++) {
      Scalar type = CANDIDATES.get(i);
      if (possible.contains(type)
          && (text.isBlank()
              || parsers.get(i).parse(bytes, 0, bytes.length) != null
              || !plausible(type, text.strip()))) {
        possible.remove(type);
      }
    }
  }

  /** A string of a file that has numbers too. */
  void string(String text) {
    text(text);
    possible.removeAll(EnumSet.of(Scalar.BOOLEAN, Scalar.INT64, Scalar.FLOAT64));
  }

  void number(String text, boolean whole) {
    values++;
    plain = true;
    possible.retainAll(
        whole && text.length() <= MOST_INTEGER_DIGITS
            ? EnumSet.of(Scalar.INT64, Scalar.FLOAT64)
            : EnumSet.of(Scalar.FLOAT64));
  }

  void bool() {
    values++;
    plain = true;
    possible.retainAll(EnumSet.of(Scalar.BOOLEAN));
  }

  void vector(int length) {
    values++;
    vectorLength = vectorLength < 0 || vectorLength == length ? length : 0;
  }

  void nested() {
    nested = true;
  }

  /** Records without the column have a null in it. */
  void seenIn(int records) {
    nulls |= values < records;
  }

  /** The column; empty if we have no type for what is in it. */
  Optional<Field> field(String name) {
    if (nested || name.isBlank() || (plain && vectorLength >= 0)) {
      return Optional.empty();
    }
    return Optional.of(new Field(name, type(), nulls || values == 0));
  }

  private Type type() {
    if (vectorLength >= 0) {
      return new Type.Vector(vectorLength);
    }
    for (Scalar type : CANDIDATES) {
      if (values > 0 && possible.contains(type)) {
        return type;
      }
    }
    return Scalar.STRING;
  }

  /** Numbers that are names (zip codes, long ids) stay text, 0 and 1 stay numbers. */
  private static boolean plausible(Scalar type, String text) {
    if (type == Scalar.BOOLEAN) {
      return Character.isLetter(text.charAt(0));
    }
    if (type == Scalar.INT64 || type == Scalar.FLOAT64) {
      String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
      boolean padded = digits.length() > 1 && digits.startsWith("0") && digits.charAt(1) != '.';
      boolean whole = digits.chars().allMatch(c -> c >= '0' && c <= '9');
      return !padded && !(whole && digits.length() > MOST_INTEGER_DIGITS);
    }
    return true;
  }
}
