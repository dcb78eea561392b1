package dev.penstock.lake;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this process is called where others see it. */
final class ThisProcess {
  static final String HOST = host();

  /** PostgreSQL keeps 63 bytes of it. */
  static final String NAME = "Penstock, process " + ProcessHandle.current().pid() + " on " + HOST;

  private ThisProcess() {}

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }
}
