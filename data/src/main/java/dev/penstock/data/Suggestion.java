package dev.penstock.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Words an error's hint: what there is, and which of it was probably meant. */
public final class Suggestion {
  private static final int MOST_NAMES = 12;

  private Suggestion() {}

  /** {@code has: a, b, c. Did you mean 'b'?} */
  public static String among(String wanted, Collection<String> names) {
    if (names.isEmpty()) {
      return "there is none";
    }
    String listed =
        names.size() <= MOST_NAMES
            ? String.join(", ", names)
            : String.join(", ", names.stream().limit(MOST_NAMES).toList())
                + " and "
                + (names.size() - MOST_NAMES)
                + " more";
    String nearest =
        names.stream().min(Comparator.comparingInt(name -> distance(wanted, name))).orElse("");
    boolean near = distance(wanted, nearest) <= Math.max(2, wanted.length() / 3);
    boolean related = nearest.contains(wanted) || wanted.contains(nearest);
    return "has: " + listed + (near || related ? ". Did you mean '" + nearest + "'?" : "");
  }

  /** Levenshtein distance without regard to case. */
  private static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
