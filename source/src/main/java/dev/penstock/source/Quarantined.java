package dev.penstock.source;

import org.jspecify.annotations.Nullable;

/**
 * A row that was not accepted.
 *
 * @param rule the rule or column that it broke
 * @param message what is wrong, for people
 * @param place where the row came from: {@code flights.parquet#17}, {@code push#3}
 * @param id the row's id, where it has one
 * @param values the row's values as it came, a JSON object
 * @param time the acceptance clock when it was refused
 */
public record Quarantined(
    String source,
    QuarantineReason reason,
    String rule,
    String message,
    String place,
    @Nullable String id,
    String values,
    long time) {}
