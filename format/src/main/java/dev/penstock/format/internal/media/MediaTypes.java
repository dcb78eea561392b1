package dev.penstock.format.internal.media;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;

/** Media types by content, and by name where the content leaves it open. */
public final class MediaTypes {
  private static final String EMPTY = "application/x-empty";
  private static final MimeTypes KNOWN = MimeTypes.getDefaultMimeTypes();

  private MediaTypes() {}

  /** The type without parameters. */
  public static String of(Path content, String name) throws IOException {
    if (Files.size(content) == 0) {
      // A name alone would make an image of nothing.
      return EMPTY;
    }
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(content))) {
      return KNOWN.detect(in, metadata).getBaseType().toString();
    }
  }
}
