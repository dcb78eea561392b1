package dev.penstock.platform.registry;

import dev.penstock.data.Fingerprint;
import java.util.List;

/**
 * Who did what to what, when, and on what evidence.
 *
 * @param number counts from 1 without gap
 * @param evidence JSON
 * @param hash covers all the others, and so every entry before it
 */
public record AuditEntry(
    long number,
    long atMicros,
    String who,
    String action,
    String subject,
    String evidence,
    String previousHash,
    String hash) {
  static String hash(
      long number,
      long atMicros,
      String who,
      String action,
      String subject,
      String evidence,
      String previousHash) {
    return Fingerprint.of(
            List.of(
                "audit 1",
                Long.toString(number),
                Long.toString(atMicros),
                who,
                action,
                subject,
                evidence,
                previousHash))
        .hex();
  }

  boolean isSound() {
    return hash.equals(hash(number, atMicros, who, action, subject, evidence, previousHash));
  }
}
