package dev.penstock.feedback.internal;

/** Text that is safe inside HTML and SVG. */
final class Markup {
  private Markup() {}

  static String escape(String text) {
    // A number and its per cent sign stay on one line.
    text = text.replace(" %", "\u00a0%");
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> {
          // Control characters other than line ends have no place in a page.
          if (c >= ' ' || c == '\n' || c == '\t') {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}
