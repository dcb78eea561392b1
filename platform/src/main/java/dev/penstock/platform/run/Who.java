package dev.penstock.platform.run;

/** Who acts, for the audit log. */
final class Who {
  /** The operating system's user: on loopback nobody logs in. */
  static final String AM_I = System.getProperty("user.name", "unknown");

  private Who() {}
}
