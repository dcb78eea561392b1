package dev.penstock.app.server;

import com.linecorp.armeria.common.MediaType;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.Set;

/** The forms in which rows come, by the content types they go by. */
enum EventForm {
  /** A list of objects. */
  JSON(Set.of("application/json")),
  /** An object a line. */
  NDJSON(
      Set.of(
          "application/x-ndjson",
          "application/ndjson",
          "application/jsonlines",
          "application/jsonl")),
  /** An IPC stream. */
  ARROW(Set.of("application/vnd.apache.arrow.stream")),
  /** An object container file. */
  AVRO(Set.of("application/avro", "application/vnd.apache.avro", "avro/binary"));

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is.
  private final Set<String> types;

  EventForm(Set<String> types) {
    this.types = types;
  }

  static boolean known(MediaType type) {
    for (EventForm form : values()) {
      if (form.types.contains(type.nameWithoutParameters())) {
        return true;
      }
    }
    return false;
  }

  static EventForm of(MediaType type) {
    for (EventForm form : values()) {
      if (form.types.contains(type.nameWithoutParameters())) {
        return form;
      }
    }
    throw new PenstockException(
        ErrorCode.USAGE, "content type " + type + " names no form of rows", "see /openapi.json");
  }
}
