package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.definition.Written;
import java.util.regex.Pattern;

/** What may be called how. */
final class Names {
  private static final int LONGEST = 63;
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]*");

  private Names() {}

  /**
   * A name of a definition, feature, alias or split: lower-case words joined by one underscore, so
   * that {@code view__feature} can be taken apart again.
   */
  static Written definition(Written name) {
    String text = name.text();
    if (!WORD.matcher(text).matches() || text.contains("__") || text.endsWith("_")) {
      throw wrong(
          name,
          "'" + text + "' is no name",
          "a name is lower-case letters, digits and single underscores, such as origin_delays");
    }
    if (text.length() > LONGEST) {
      throw wrong(name, "the name '" + text + "' has more than " + LONGEST + " characters", "");
    }
    return name;
  }

  /** A name of a column, which files give: anything but the system's own. */
  static Written column(Written name) {
    if (name.text().isBlank() || name.text().startsWith("_")) {
      throw wrong(
          name,
          "'" + name.text() + "' is no name for a column",
          "names that begin with _ are the system's own");
    }
    return name;
  }

  private static PenstockException wrong(Written name, String what, String hint) {
    return new PenstockException(ErrorCode.DEFINITION_VALUE, name.place(), what, hint);
  }
}
