package dev.penstock.app.owner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The process that owns a project.
 *
 * @param address where its server listens, {@code http://127.0.0.1:7310}; null while it has none
 * @param token admits to the server's administration
 * @param command what it is doing: {@code serve}
 */
public record Owner(
    long pid, @Nullable String address, String token, String started, String command) {
  private static final JsonFactory JSON = new JsonFactory();

  Owner at(String newAddress) {
    return new Owner(pid, newAddress, token, started, command);
  }

  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("pid", pid);
      json.writeStringField("address", address);
      json.writeStringField("token", token);
      json.writeStringField("started", started);
      json.writeStringField("command", command);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Reads what {@link #json} wrote; null if the text is not (yet) that. */
  static @Nullable Owner parse(String text) {
    long pid = 0;
    String address = null;
    String token = "";
    String started = "";
    String command = "";
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "pid" -> pid = json.getLongValue();
          case "address" -> address = json.getValueAsString();
          case "token" -> token = json.getText();
          case "started" -> started = json.getText();
          case "command" -> command = json.getText();
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      return null;
    }
    return pid == 0 ? null : new Owner(pid, address, token, started, command);
  }

  @Override
  public String toString() {
    return "process "
        + pid
        + " ('"
        + command
        + "' since "
        + started
        + (address == null ? "" : ", at " + address)
        + ")";
  }
}
