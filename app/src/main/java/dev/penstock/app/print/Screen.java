package dev.penstock.app.print;

/** What a person looks at: a terminal of some width, or nothing that moves. */
public record Screen(boolean interactive, int width) {
  public static final int USUAL_WIDTH = 80;

  /** Output goes to a file or a program. */
  public static final Screen NONE = new Screen(false, USUAL_WIDTH);
}
