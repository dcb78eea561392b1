package dev.penstock.app.owner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.app.print.Screen;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command on its way to the process that owns the project: {@code POST /v1/admin/command}. The
 * answer is a line of JSON for each piece of output ({@code {"out": …}}, {@code {"err": …}}) and,
 * last, {@code {"exit": code}}.
 *
 * @param folder where the command was given
 */
public record ForwardedCommand(List<String> arguments, Path folder, Screen screen) {
  public static final String PATH = "/v1/admin/command";

  private static final JsonFactory JSON = new JsonFactory();
  private static final int CONNECT_MILLIS = 5_000;

  public ForwardedCommand {
    arguments = List.copyOf(arguments);
  }

  /** Sends it, prints what comes back as it comes, and gives the exit code. */
  public int send(Owner owner, PrintWriter out, PrintWriter err) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(owner.address() + PATH).toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setRequestProperty("Authorization", "Bearer " + owner.token());
      connection.setDoOutput(true);
      connection.getOutputStream().write(json());
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new PenstockException(
            ErrorCode.CONFLICT_RETRY,
            owner + " refused the command (HTTP " + connection.getResponseCode() + ")",
            "try again");
      }
      try (InputStream body = connection.getInputStream();
          JsonParser json = JSON.createParser(body)) {
        return relay(json, out, err);
      }
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.UNKNOWN_STATE,
          null,
          owner + " went away while it ran the command: " + e.getMessage(),
          "see penstock status for what was done, then try again",
          e);
    }
  }

  private static int relay(JsonParser json, PrintWriter out, PrintWriter err) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String name = json.nextFieldName();
      json.nextToken();
      if ("exit".equals(name)) {
        return json.getIntValue();
      }
      PrintWriter writer = "out".equals(name) ? out : err;
      writer.print(json.getText());
      writer.flush();
      json.nextToken();
    }
    throw new IOException("the answer ends without an exit code");
  }

  byte[] json() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("arguments");
      for (String argument : arguments) {
        json.writeString(argument);
      }
      json.writeEndArray();
      json.writeStringField("folder", folder.toString());
      json.writeBooleanField("interactive", screen.interactive());
      json.writeNumberField("width", screen.width());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #send} sent.
   *
   * @throws IOException if it is not that
   */
  public static ForwardedCommand parse(byte[] body) throws IOException {
    List<String> arguments = new ArrayList<>();
    Path folder = Path.of("/");
    boolean interactive = false;
    int width = Screen.USUAL_WIDTH;
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "arguments" -> {
            while (json.nextToken() == JsonToken.VALUE_STRING) {
              arguments.add(json.getText());
            }
          }
          case "folder" -> folder = Path.of(json.getText());
          case "interactive" -> interactive = json.getBooleanValue();
          case "width" -> width = json.getIntValue();
          default -> json.skipChildren();
        }
      }
    }
    return new ForwardedCommand(arguments, folder, new Screen(interactive, width));
  }
}
