package dev.penstock.lake.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * How names are stored. The JDBC catalog joins the levels of a namespace by dots and takes them
 * apart there again, so a level is stored with {@code ~1} for a dot, and {@code ~0} for a tilde.
 */
public final class Names {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");
  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9_]");
  private static final int LONGEST_FOLDER = 100;

  private Names() {}

  public static Namespace stored(Namespace namespace) {
    return Namespace.of(
        Arrays.stream(namespace.levels())
            .map(level -> level.replace("~", "~0").replace(".", "~1"))
            .toArray(String[]::new));
  }

  public static TableIdentifier stored(TableIdentifier table) {
    return TableIdentifier.of(stored(table.namespace()), table.name());
  }

  public static Namespace meant(Namespace stored) {
    return Namespace.of(
        Arrays.stream(stored.levels())
            .map(level -> level.replace("~1", ".").replace("~0", "~"))
            .toArray(String[]::new));
  }

  public static TableIdentifier meant(TableIdentifier stored) {
    return TableIdentifier.of(meant(stored.namespace()), stored.name());
  }

  /** The text by which the JDBC catalog knows a stored namespace. */
  public static String row(Namespace stored) {
    return String.join(".", stored.levels());
  }

  /**
   * A name for a folder that every client spells the same in a path and in a URI: a name of other
   * characters gets them replaced, and a hash to tell it from others.
   */
  public static String folder(String name) {
    if (PLAIN.matcher(name).matches() && name.length() <= LONGEST_FOLDER) {
      return name;
    }
    String replaced = NOT_PLAIN.matcher(name).replaceAll("_");
    return String.format(
        Locale.ROOT,
        "%s-%08x",
        replaced.substring(0, Math.min(replaced.length(), LONGEST_FOLDER)),
        name.hashCode());
  }
}
