package dev.penstock.format.internal.media;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.jspecify.annotations.Nullable;

/** How long a sound is. */
public final class Sounds {
  private static final Set<String> TYPES =
      Set.of("audio/vnd.wave", "audio/x-wav", "audio/x-aiff", "audio/basic");

  private Sounds() {}

  /** Of a file of that type, by its header; null if it does not say so. */
  public static @Nullable Double seconds(Path content, String mediaType) {
    if (!TYPES.contains(mediaType)) {
      return null;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(content))) {
      AudioFileFormat format = AudioSystem.getAudioFileFormat(in);
      double seconds = format.getFrameLength() / (double) format.getFormat().getFrameRate();
      return format.getFrameLength() < 0 || !(seconds >= 0) || Double.isInfinite(seconds)
          ? null
          : (Double) seconds;
    } catch (IOException | UnsupportedAudioFileException | RuntimeException broken) {
      return null;
    }
  }
}
